# Stands in for ClickHouse's own image: the embedded engine behind the HTTP front that the tests use.
ARG BUILD_IMAGE
FROM ${BUILD_IMAGE}
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends wget \
 && rm -rf /var/lib/apt/lists/*
ENV UV_THREADPOOL_SIZE=16
WORKDIR /src
CMD ["node", "infra/clickhouse-stand-in.mjs"]
