# The image of any service, and of the sandbox: `mvn -Pimages package -DskipTests` builds all (docs/adr/0012-images-by-one-dockerfile.md).
# The context is a module's target folder.

FROM eclipse-temurin:25-jre AS unpacked
ARG JAR
COPY ${JAR} app.jar
RUN java -Djarmode=tools -jar app.jar extract --layers --destination layers

# Programs belong to root and are only read; all that they write goes to /tmp.
FROM eclipse-temurin:25-jre AS runtime
WORKDIR /app
# Ready is who answers with 200. The base image has no HTTP client, but it has bash.
COPY --chmod=755 <<'SH' ready
#!/bin/bash
exec 3<>"/dev/tcp/127.0.0.1/${HEALTH%%/*}" && printf 'GET /%s HTTP/1.0\r\n\r\n' "${HEALTH#*/}" >&3 && read -r _ status _ <&3 && [ "$status" = 200 ]
SH
ARG HEALTH
ENV HEALTH=${HEALTH}
HEALTHCHECK --start-period=3m --start-interval=1s --interval=5s --timeout=3s CMD ["/app/ready"]
# 60 % of the container's memory is heap, half of that for young objects (docs/performance.md). To be replaced as a whole.
ENV JAVA_TOOL_OPTIONS="-XX:+UseSerialGC -XX:InitialRAMPercentage=60 -XX:MaxRAMPercentage=60 -XX:NewRatio=1"
ENV JDK_JAVA_OPTIONS="-XX:+ExitOnOutOfMemoryError --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"

FROM runtime AS sandbox
ARG JAR
COPY ${JAR} app.jar
COPY classes/META-INF/sbom/application.cdx.json sbom.cdx.json
RUN mkdir /data && chown 10001:10001 /data
USER 10001:10001
ENTRYPOINT ["java", "-jar", "/app/app.jar", "--address=0.0.0.0", "--data=/data"]

FROM runtime AS service
# What changes seldom comes first.
COPY --from=unpacked layers/dependencies ./
COPY --from=unpacked layers/snapshot-dependencies ./
COPY --from=unpacked layers/application ./
COPY classes/META-INF/sbom/application.cdx.json sbom.cdx.json
# The start cache (JEP 483, 514) by the very JVM and class path that run: of a start, as far as it gets without database and Kafka.
RUN java -Xms512m -Xmx512m -XX:AOTCacheOutput=/app/app.aot -Xlog:aot=error -Dspring.context.exit=onRefresh -jar /app/app.jar \
      --spring.flyway.enabled=false \
      --spring.kafka.admin.auto-create=false \
      --spring.jpa.database-platform=org.hibernate.dialect.PostgreSQLDialect \
      --spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false \
    && rm -rf /tmp/*
# Who reaches it is decided by whoever publishes its ports.
ENV SERVER_ADDRESS=0.0.0.0 MANAGEMENT_SERVER_ADDRESS=0.0.0.0
# JSON, a field for each thing that a line is about (docs/logs.md).
ENV LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs
# With a heap that is laid out otherwise than its cache needs (-Xmn without -Xms does it) a JVM ends instead of going on without it.
COPY --chmod=755 <<'SH' start
#!/bin/bash
cache=-XX:AOTCache=/app/app.aot
java $cache -cp /app/app.jar -version >/dev/null 2>&1 || { echo "This JVM cannot use its start cache: it starts slower." >&2; cache=; }
exec java $cache -jar /app/app.jar "$@"
SH
USER 10001:10001
ENTRYPOINT ["/app/start"]
