# The same with Debian's binaries, which speak TLS.
ARG BASE
FROM ${BASE}
RUN usermod --uid 999 postgres && rm -rf /var/lib/postgresql/17 && chown -R postgres /var/lib/postgresql \
 && mkdir /docker-entrypoint-initdb.d
COPY docker-entrypoint.sh /usr/local/bin/
ENV PATH=/usr/lib/postgresql/17/bin:$PATH PGHOST=/var/run/postgresql PGDATA=/var/lib/postgresql/17/docker
VOLUME /var/lib/postgresql
STOPSIGNAL SIGINT
EXPOSE 5432
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]
