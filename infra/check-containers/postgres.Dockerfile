# Stands in for Postgres' own image: Debian's server, told by the same variables, kept on the same volume.
ARG BASE_IMAGE
FROM ${BASE_IMAGE}
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql \
 && rm -rf /var/lib/apt/lists/* /var/lib/postgresql/* \
 && ln -s /usr/lib/postgresql/* /opt/postgresql
COPY infra/check-containers/postgres.sh /usr/local/bin/
ENV PATH=/opt/postgresql/bin:/usr/local/bin:/usr/bin:/bin PGDATA=/var/lib/postgresql/stand-in
USER postgres
STOPSIGNAL SIGINT
CMD ["/bin/bash", "/usr/local/bin/postgres.sh"]
