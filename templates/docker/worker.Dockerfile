# What the workers run, with and without a GPU: Beam's own image and libtorch for CUDA. One job has
# one image, so it also starts where there is no GPU and no driver. The jars come with the job; no
# native library is among them. Build it from the root of the repository:
#   docker build -f templates/docker/worker.Dockerfile -t <image> .
ARG MAVEN_IMAGE=maven:3.9-eclipse-temurin-17
ARG WORKER_BASE=apache/beam_java17_sdk:2.70.0

FROM ${MAVEN_IMAGE} AS natives
ARG PYTORCH_VERSION=2.5.1
ARG DJL_VERSION=0.33.0
ARG CUDA=cu124
ARG COPY=org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy
WORKDIR /natives
RUN mvn -B -ntp -q "${COPY}" -DoutputDirectory=. \
      -Dartifact="ai.djl.pytorch:pytorch-native-${CUDA}:${PYTORCH_VERSION}:jar:linux-x86_64" \
    && mvn -B -ntp -q "${COPY}" -DoutputDirectory=. \
      -Dartifact="ai.djl.pytorch:pytorch-jni:${PYTORCH_VERSION}-${DJL_VERSION}"
COPY templates/docker/extract-natives /usr/local/bin/
RUN extract-natives . "${CUDA}" /opt/libtorch

FROM ${WORKER_BASE}
ARG PYTORCH_VERSION=2.5.1
ARG CUDA=cu124
COPY --from=natives /opt/libtorch /opt/libtorch
# DJL takes libtorch from here and downloads nothing. The first folder is where the driver is put on
# machines with a GPU.
ENV DJL_OFFLINE=true \
    PYTORCH_LIBRARY_PATH=/opt/libtorch/lib \
    PYTORCH_VERSION=${PYTORCH_VERSION} \
    PYTORCH_FLAVOR=${CUDA} \
    LD_LIBRARY_PATH=/usr/local/nvidia/lib64:/opt/libtorch/on-demand:/opt/libtorch/lib \
    OMP_WAIT_POLICY=passive \
    GOMP_SPINCOUNT=10000 \
    TORCH_CPP_LOG_LEVEL=ERROR
# The build fails here if a library lacks another one that is not the driver's.
RUN test -z "$(ldd /opt/libtorch/lib/*.so* | grep 'not found')"
