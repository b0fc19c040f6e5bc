# Two stages: the packages are built with a compiler's image, the product runs without one.
FROM python:3.11-slim-bookworm AS paquets
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements.txt /tmp/requirements.txt
RUN /opt/venv/bin/pip install --require-hashes -r /tmp/requirements.txt

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --shell /usr/sbin/nologin ateliers \
    && install -d -o ateliers -g ateliers /donnees/media /donnees/static
COPY --from=paquets /opt/venv /opt/venv
WORKDIR /produit
COPY manage.py pyproject.toml LICENSE ./
COPY config config
COPY socle socle
COPY candidatures candidatures
COPY ateliers ateliers
COPY restitution restitution
COPY templates templates
COPY static static
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    MEDIA_ROOT=/donnees/media \
    STATIC_ROOT=/donnees/static
# The key below lives only while this line runs.
RUN SECRET_KEY=construction-de-l-image-sans-valeur-et-jetee-aussitot-apres \
    python manage.py collectstatic --noinput --verbosity 0 \
    && chown -R ateliers:ateliers /donnees
USER ateliers
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
    CMD ["python", "-m", "config.sonde"]
CMD ["gunicorn", "--config", "python:config.gunicorn", "config.wsgi:application", \
     "--bind", "0.0.0.0:8000", "--workers", "3", \
     "--worker-class", "gthread", "--threads", "4", "--timeout", "60", "--access-logfile", "-"]
