# What Dataflow starts to build a job of one workflow and hand it over. Its jars are what the workers
# get, so no native library is among them. Build it from the root of the repository:
#   docker build -f templates/docker/launcher.Dockerfile --build-arg WORKFLOW=train -t <image> .
ARG MAVEN_IMAGE=maven:3.9-eclipse-temurin-17
ARG LAUNCHER_BASE=gcr.io/dataflow-templates-base/java17-template-launcher-base:latest

FROM ${MAVEN_IMAGE} AS build
WORKDIR /src
COPY pom.xml ./
COPY schemas schemas
COPY transforms transforms
COPY pipelines pipelines
COPY templates templates
RUN mvn -B -ntp -q -Dmaven.test.skip -Dfmt.skip -pl templates -am package \
      org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
      -DincludeScope=runtime -DexcludeArtifactIds=pytorch-native-cpu -DoutputDirectory=/template \
    && cp templates/target/towerbeam-templates-*.jar /template/

FROM ${LAUNCHER_BASE}
ARG WORKFLOW
RUN test -n "${WORKFLOW}"
COPY --from=build /template /template
ENV TOWERBEAM_WORKFLOW=${WORKFLOW} \
    FLEX_TEMPLATE_JAVA_CLASSPATH=/template/* \
    FLEX_TEMPLATE_JAVA_MAIN_CLASS=io.towerbeam.templates.FlexTemplateMain
