# The service, in three steps: what it is built from, what it needs to run, and what ships.
# The tag pins the version. Pin the bytes as well where you can ask your registry for them: NODE=node:24.21.0-bookworm-slim@sha256:…
ARG NODE=node:24.21.0-bookworm-slim

FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json tsconfig.web.json prisma.config.ts vite.config.ts ./
COPY tools tools
COPY scripts scripts
COPY prisma prisma
COPY src src
# Generates the Prisma client first, and builds the web page too.
RUN npm run build

FROM ${NODE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Without the optional packages: they are the embedded PostgreSQL, and a container has its database elsewhere.
RUN npm ci --ignore-scripts --omit=dev --omit=optional

FROM ${NODE}
# It listens for others, so it does not start without PUBLIC_URL, the address that people's browsers use.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
WORKDIR /app
# All of it belongs to root: the service may read it and write nothing.
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY bin bin
COPY prisma/migrations prisma/migrations
USER 1000:1000
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
