#!/usr/bin/env bash
# Builds the real Dockerfile and brings the real docker-compose.yml to life on a Debian machine without Docker's engine.
#   apt-get install -y --no-install-recommends buildah podman runc conmon netavark aardvark-dns iptables docker-compose debootstrap
#   sudo infra/check-containers.sh [FOLDER]
# Everything lies in FOLDER (a temporary one when absent), which a second run reuses: images, layers and stand-ins.
# infra/README.md says what this does not cover.
set -euo pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=${1:-$(mktemp -d)}
web_port=${CLEW_PORT:-4000} otlp_port=${CLEW_OTLP_PORT:-4318}
node_version=24.21.0 npm_version=11.19.1
base=docker.io/library/node:24-bookworm-slim
key=clew_sk_containers_$RANDOM$RANDOM$RANDOM
mkdir -p "$work/conf"
work=$(cd "$work" && pwd)

cat > "$work/conf/containers.conf" <<'C'
[containers]
default_ulimits = ["nofile=10000:10000", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "netavark"
C
printf '[storage]\ndriver = "overlay"\ngraphroot = "%s/root"\nrunroot = "%s/run"\n' "$work" "$work" > "$work/conf/storage.conf"
export CONTAINERS_CONF=$work/conf/containers.conf CONTAINERS_STORAGE_CONF=$work/conf/storage.conf
export DOCKER_HOST=unix://$work/podman.sock

say() { printf '%s\n' "$*"; }
die() { say "FAIL $*"; exit 1; }

# Debian and npm's own Node binary stand in for the published base image.
make_base() {
  local root=$work/rootfs container
  buildah images -q "$base" > /dev/null 2>&1 && return
  [ -d "$root" ] || debootstrap --variant=minbase --include=ca-certificates bookworm "$root" > "$work/debootstrap.log"
  npm install --silent --prefix "$work/node" "node@$node_version" "npm@$npm_version"
  cp "$work/node/node_modules/node/bin/node" "$root/usr/local/bin/node"
  mkdir -p "$root/usr/local/lib/node_modules"
  cp -r "$work/node/node_modules/npm" "$root/usr/local/lib/node_modules/"
  ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  ln -sf ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
  cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  chroot "$root" sh -c 'getent passwd node || (groupadd -g 1000 node && useradd -m -u 1000 -g node node)' > /dev/null
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  container=$(buildah from scratch)
  buildah add -q "$container" "$root" / > /dev/null
  buildah config --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt --cmd node "$container"
  buildah commit -q "$container" "$base" > /dev/null
  buildah rm "$container" > /dev/null
}

# build NAME FILE [ARGUMENT...]
build() {
  local name=$1 file=$2 started=$SECONDS
  shift 2
  buildah bud --isolation chroot --pull-never --network host --layers "$@" -t "$name" \
    -f "$repository/infra/$file" "$repository" > "$work/build.log" 2>&1 || {
    tail -30 "$work/build.log"
    die "$name did not build"
  }
  say "ok   built $name in $((SECONDS - started)) s, $(podman image inspect -f '{{.Size}}' "$name" | numfmt --to=si)B"
}

compose() {
  docker-compose -p clewcheck --project-directory "$repository" --env-file "$work/env" \
    -f "$repository/docker-compose.yml" -f "$repository/infra/check-containers/override.yml" "$@"
}

# podman's own timers need systemd.
run_health_checks() {
  while :; do
    for name in $(podman ps --format '{{.Names}}' | grep '^clewcheck_'); do
      podman healthcheck run "$name" > /dev/null 2>&1 || true
    done
    sleep 1
  done
}

up() {
  local started=$SECONDS
  compose up -d --no-build > "$work/compose.log" 2>&1 || { cat "$work/compose.log"; die 'compose did not come up'; }
  until [ "$(podman ps --format '{{.Status}}' | grep -c '(healthy)')" = 5 ]; do
    [ $((SECONDS - started)) -lt 180 ] || { podman ps -a; die 'not healthy within 180 s'; }
    sleep 1
  done
  say "ok   five services healthy after $((SECONDS - started)) s"
}

check_images() {
  local service found
  for service in ingest api web; do
    [ "$(podman exec "clewcheck_${service}_1" id -un)" = node ] || die "$service does not run as node"
    found=$(podman exec "clewcheck_${service}_1" find /app -iname '*chdb*' -o -iname '*pglite*')
    [ -z "$found" ] || die "$service carries an embedded engine: $found"
  done
  say 'ok   services run as node and carry no embedded engine'
}

check_refusals() {
  local name said
  for name in CLEW_SECRET CLICKHOUSE_PASSWORD POSTGRES_PASSWORD; do
    grep -v "^$name=" "$work/env" > "$work/env.missing"
    said=$(docker-compose -p clewmissing --project-directory "$repository" --env-file "$work/env.missing" \
      -f "$repository/docker-compose.yml" up -d 2>&1) && die "compose started without $name"
    [[ $said == *"set $name in .env"* ]] || die "without $name compose said: $said"
  done
  say 'ok   compose names each secret that is missing, and starts nothing'
}

count_runs() {
  curl -sf -H "authorization: Bearer $key" "http://127.0.0.1:$web_port/v1/traces?limit=200" | grep -o '"traceId"' | wc -l
}

# With somebody following a run that is still going, as a page does.
check_stop() {
  local trace stream started service code
  trace=$(openssl rand -hex 16)
  curl -sf -o /dev/null -H "authorization: Bearer $key" -H 'content-type: application/json' \
    -d '{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"'"$trace"'","spanId":"'"$(openssl rand -hex 8)"'","name":"endless",
    "startTimeUnixNano":"'"$(date +%s%N)"'","endTimeUnixNano":"0",
    "attributes":[{"key":"clew.span.state","value":{"stringValue":"running"}}]}]}]}]}' \
    "http://127.0.0.1:$otlp_port/v1/traces"
  curl -sN -H "authorization: Bearer $key" "http://127.0.0.1:$web_port/v1/traces/$trace/stream" > "$work/stream" & stream=$!
  until grep -q '^event: snapshot' "$work/stream"; do sleep 0.2; done
  started=$SECONDS
  compose stop > /dev/null 2>&1
  wait "$stream" || true
  for service in ingest api web; do
    code=$(podman inspect -f '{{.State.ExitCode}}' "clewcheck_${service}_1")
    [[ $code == 0 || $code == 143 ]] || die "$service ended with $code"
  done
  say "ok   all five stopped in order within $((SECONDS - started)) s"
}

make_base
for target in ingest api web; do build "localhost/clew/$target:0.1.0" Dockerfile --target "$target"; done
build localhost/clewcheck/build Dockerfile --target build
build localhost/clewcheck/clickhouse check-containers/clickhouse.Dockerfile --build-arg BUILD_IMAGE=localhost/clewcheck/build
build localhost/clewcheck/postgres check-containers/postgres.Dockerfile --build-arg "BASE_IMAGE=$base"

cat > "$work/env" <<C
CLEW_SECRET=$(openssl rand -hex 32)
CLICKHOUSE_PASSWORD=$(openssl rand -hex 16)
POSTGRES_PASSWORD=$(openssl rand -hex 16)
CLEW_PORT=$web_port
CLEW_OTLP_PORT=$otlp_port
CLEW_PUBLIC_URL=http://127.0.0.1:$web_port
CLEW_INIT_ADMIN_EMAIL=ada@example.com
CLEW_INIT_ADMIN_PASSWORD=a-long-enough-password
CLEW_INIT_PROJECT=Containers
CLEW_INIT_API_KEY=$key
CLEW_IMAGE_PREFIX=localhost/clew
CLICKHOUSE_IMAGE=localhost/clewcheck/clickhouse:latest
POSTGRES_IMAGE=localhost/clewcheck/postgres:latest
C
podman system service -t 0 "$DOCKER_HOST" > "$work/service.log" 2>&1 & service=$!
run_health_checks & pump=$!
trap 'compose down -v > /dev/null 2>&1; kill $service $pump 2> /dev/null' EXIT
until [ -S "$work/podman.sock" ]; do sleep 0.2; done

compose down -v > /dev/null 2>&1
check_refusals
up
check_images
node "$repository/infra/smoke.mjs" "http://127.0.0.1:$web_port" "http://127.0.0.1:$otlp_port" "$key"
before=$(count_runs)
compose down > /dev/null 2>&1
up
[ "$(count_runs)" = "$before" ] || die "there were $before runs before down and up, now $(count_runs)"
say "ok   $before runs outlive down and up"
check_stop
