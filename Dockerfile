# The page in a container. Build: docker build -t sme-policy-assistant .
# Run: docker run --rm -p 127.0.0.1:7860:7860 -v sme-data:/data sme-policy-assistant
#
# On Linux the plain pin of torch brings its CUDA build, of which nothing is used here: an image of some 7 GB. For one
# of some 2 GB, have pip install torch 2.13.0 from the CPU index that PyTorch's "Get started" page names
# (Compute Platform: CPU):
#   docker build --build-arg TORCH_OPTIONS="--index-url <the address shown there>" -t sme-policy-assistant .
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /app

# The layer of packages changes rarely; code and corpus come after it.
COPY requirements.txt ./
ARG TORCH_OPTIONS=""
RUN pip install ${TORCH_OPTIONS} torch==2.13.0 && pip install -r requirements.txt

COPY . .

# Everything generated (converted encoder, index, feedback) lies in /data and outlives the container.
RUN useradd --uid 10001 --no-create-home --home-dir /data assistant \
    && mkdir /data \
    && chown assistant /data
ENV SME_DATA_DIR=/data \
    SME_HOST=0.0.0.0 \
    SME_PORT=7860 \
    HOME=/data
VOLUME /data
EXPOSE 7860
USER assistant

# The page answers by words within seconds; search by meaning follows once the encoder is converted.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['SME_PORT'] + '/', timeout=4)"]

CMD ["python", "app.py"]
