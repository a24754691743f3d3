FROM python:3.13-slim

# One heap for all threads: what a large upload took is given back instead of kept by each.
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MALLOC_ARENA_MAX=1
WORKDIR /srv/world-in-movies
RUN useradd --system --home-dir /srv/world-in-movies world-in-movies

COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

COPY . .
# For this step alone: collecting files signs nothing and asks no database.
RUN SECRET_KEY=collectstatic DATABASE_URL=postgresql:// python manage.py collectstatic --noinput \
    && install -d -o world-in-movies -g world-in-movies var

USER world-in-movies
ENV BIND_ADDRESS=0.0.0.0 PORT=8000
EXPOSE 8000
CMD ["gunicorn", "--config=gunicorn.config.py", "settings.wsgi"]
