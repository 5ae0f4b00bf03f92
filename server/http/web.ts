import fastifyStatic from '@fastify/static'
import type { Api } from './api.ts'

/** The built page: hashed assets for ever, index.html always fresh, every page path is the same application. */
export async function registerWeb(app: Api, webDir: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: webDir,
    prefix: '/',
    wildcard: false,
    index: false,
    cacheControl: true,
    immutable: true,
    maxAge: '365d',
  })
  for (const path of [
    '/',
    '/schools',
    '/venues',
    '/rules',
    '/imports',
    '/findings',
    '/schools/*',
    '/venues/*',
    '/rules/*',
    '/findings/*',
    '/imports/*',
  ])
    app.get(path, { schema: { hide: true } }, (_request, reply) =>
      reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false }),
    )
}
