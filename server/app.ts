/**
 * Perimeter (校安图): the composition of the service. Domains are registered by hand, in the order data flows.
 *
 * Glossary. feature: GeoJSON only. finding: what a rule flagged, 疑似 until the owner department confirms it.
 * rule: a testable sentence of law. zone: the area around a campus that a rule speaks of. endpoint (in zones/): a point
 * or outline that can be measured from or to. venue: a business place; stall: a street stall seen at a moment.
 * state: of a finding. scope: what a change touched. as_of: a past moment whose knowledge is asked for.
 */
import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyServerOptions } from 'fastify'
import packageJson from '../package.json' with { type: 'json' }
import { registerFindings } from './findings/routes.ts'
import { recomputeAll } from './findings/service.ts'
import type { Api, Services } from './http/api.ts'
import { handleError } from './http/errors.ts'
import { guardLocalOnly } from './http/guard.ts'
import { registerMetrics } from './http/metrics.ts'
import { problems } from './http/problem.ts'
import { registerWeb } from './http/web.ts'
import { registerImports } from './imports/routes.ts'
import { finishDocument } from './openapi.ts'
import { registerRegions } from './regions/routes.ts'
import { registerRoads } from './roads/routes.ts'
import { registerRules } from './rules/routes.ts'
import { registerGates } from './schools/gate-routes.ts'
import { registerSchools } from './schools/routes.ts'
import { registerSearch } from './search/routes.ts'
import { registerSite } from './site/routes.ts'
import { registerTiles } from './tiles/routes.ts'
import { registerVenues } from './venues/routes.ts'
import { registerStalls } from './venues/stall-routes.ts'
import { registerZones } from './zones/routes.ts'

export interface AppOptions {
  map_review_no?: string | null
  /** Directory of the built page; none is served when missing. */
  web_dir?: string
  logger?: FastifyServerOptions['logger']
}

export async function buildApp(services: Services, options: AppOptions = {}): Promise<Api> {
  const app: Api = Fastify({
    logger: options.logger ?? false,
    routerOptions: { maxParamLength: 200 },
    bodyLimit: 4 * 1024 * 1024,
    return503OnClosing: true,
  })
    .setValidatorCompiler(TypeBoxValidatorCompiler)
    .withTypeProvider<TypeBoxTypeProvider>()
  app.setErrorHandler(handleError)
  app.setNotFoundHandler((request) => {
    throw problems.row.notFound('page at', request.url.split('?')[0] ?? '')
  })
  guardLocalOnly(app)
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        workerSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
      },
    },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  })
  await registerDocs(app)
  registerMetrics(app as never, services.database)

  registerSite(app, services, {
    version: packageJson.version,
    map_review_no: options.map_review_no ?? null,
    recompute: () => recomputeAll(services.applyChange),
  })
  registerRegions(app, services)
  registerSchools(app, services)
  registerGates(app, services)
  registerVenues(app, services)
  registerStalls(app, services)
  registerRoads(app, services)
  registerRules(app, services)
  registerZones(app, services)
  registerFindings(app, services)
  await registerImports(app, services)
  registerSearch(app, services)
  registerTiles(app as never, services.database)
  if (options.web_dir) await registerWeb(app, options.web_dir)
  return app
}

async function registerDocs(app: Api): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Perimeter 校安图',
        version: packageJson.version,
        description:
          'School-perimeter zones, findings and their evidence. Positions are [lon, lat] in WGS-84, lengths metres.',
      },
    },
    transformObject: (document) =>
      'openapiObject' in document ? finishDocument(document.openapiObject) : document.swaggerObject,
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: false })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}
