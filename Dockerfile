# BASE_IMAGE can be any with Python 3.11 or newer and its venv module.
ARG BASE_IMAGE=python:3.13-slim

FROM ${BASE_IMAGE} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/world-in-movies
COPY requirements.txt .
RUN python3 -m venv /opt/venv \
    && /opt/venv/bin/pip install --require-hashes -r requirements.txt \
    && /opt/venv/bin/pip uninstall --yes pip \
    && find /opt/venv -name __pycache__ -prune -exec rm -r {} +
COPY . .
# For this step alone: collecting files signs nothing and asks no database.
RUN SECRET_KEY=collectstatic DATABASE_URL=postgresql:// PYTHONDONTWRITEBYTECODE=1 \
        /opt/venv/bin/python manage.py collectstatic --noinput \
    && /opt/venv/bin/python -m compileall -q /opt/venv .

FROM ${BASE_IMAGE}
# One heap for all threads: what a large upload took is given back instead of kept by each.
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MALLOC_ARENA_MAX=1
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/world-in-movies /srv/world-in-movies
RUN groupadd --gid 10001 world-in-movies \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent world-in-movies \
    && install -d -o 10001 -g 10001 /run/secrets/world-in-movies /srv/world-in-movies/var
WORKDIR /srv/world-in-movies
USER 10001:10001
ENV BIND_ADDRESS=0.0.0.0 PORT=8000
EXPOSE 8000
CMD ["gunicorn", "--config=gunicorn.config.py", "settings.wsgi"]
