# Towerbeam without Google Cloud, for schedulers that start containers. Build it from the root of the
# repository:
#   docker build -f templates/docker/local.Dockerfile -t <image> .
ARG MAVEN_IMAGE=maven:3.9-eclipse-temurin-17

FROM ${MAVEN_IMAGE}
COPY . /opt/towerbeam
RUN ln -s /opt/towerbeam/pipelines/bin/towerbeam /usr/local/bin/towerbeam \
    && towerbeam list
WORKDIR /data
ENTRYPOINT ["towerbeam"]
