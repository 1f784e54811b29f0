/** The page on the network: who has the code sees it, everybody else sees where to type one. */
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Code, Try } from './code.js'
import type { Part, Sounded } from './messages.js'
import { isNeighbour } from './neighbours.js'
import { entrance, page } from './page/document.js'
import { style } from './page/style.js'
import { answer, bodyOf } from './request.js'
import type { Sessions } from './sessions.js'
import type { Viewers } from './viewers.js'

export type AimServerOptions = {
  address: string
  port: number
  code(): Code
  sessions: Sessions
  viewers: Viewers
  now(): number
  /** How long the page still lasts. */
  leftSeconds(): number
  /** Plays a pattern, if nothing is shown to the driver. */
  sound(part: Part): Sounded
  /** Told of each attempt to get in. */
  onTry(result: Try): void
  /** Somebody on the page has finished. */
  onEnd(): void
}

export interface AimServer {
  readonly port: number
  close(): Promise<void>
}

// Own: ten viewers, each with a stream and what it asks for beside it.
const MOST_CONNECTIONS = 64
const REQUEST_MS = 5000

const SCRIPT = /^\/page\/([a-z-]+\.js)$/
const here = z.object({ viewer: z.coerce.number().int().positive() })
const sound = z.object({ part: z.enum(['buzzer', 'led', 'both']) })

const soundStatus: Record<Sounded['is'], number> = { sounded: 200, busy: 409, 'no-output': 409, refused: 502 }

const status: Record<Exclude<Try, 'right'>, number> = { wrong: 403, used: 403, expired: 410, 'too-many-tries': 429 }

/** Rejects when it cannot listen there. */
export async function serveAim(options: AimServerOptions): Promise<AimServer> {
  const { sessions, viewers, now } = options

  async function enter(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const typed = new URLSearchParams((await bodyOf(request)) ?? '').get('code') ?? ''
    const result = options.code().attempt(typed, now())
    options.onTry(result)
    if (result === 'right') answer(response, 303, 'text/plain', '', { location: '/', 'set-cookie': sessions.begin(options.leftSeconds()) })
    else answer(response, status[result], 'text/html; charset=utf-8', entrance(result))
  }

  function script(response: ServerResponse, name: string): void {
    try {
      answer(response, 200, 'text/javascript', readFileSync(new URL(`page/${name}`, import.meta.url), 'utf8'))
    } catch {
      // A name that is not one of ours.
      answer(response, 404, 'text/plain', 'there is no such script\n')
    }
  }

  /** A wish of the page's, as JSON; null where it is none. */
  const wish = async <T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T | null> => {
    try {
      return schema.safeParse(JSON.parse((await bodyOf(request)) ?? '')).data ?? null
    } catch {
      // Not JSON: answered as any other nonsense.
      return null
    }
  }

  async function post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/here') {
      const said = await wish(request, here)
      if (said !== null) viewers.sign(said.viewer, now())
      answer(response, said === null ? 400 : 204, 'text/plain', '')
    } else if (request.url === '/sound') {
      const asked = await wish(request, sound)
      if (asked === null) answer(response, 400, 'text/plain', 'part is buzzer, led or both\n')
      else {
        const came = options.sound(asked.part)
        answer(response, soundStatus[came.is], 'application/json', JSON.stringify(came))
      }
    } else if (request.url === '/end') {
      answer(response, 204, 'text/plain', '')
      options.onEnd()
    } else answer(response, 404, 'text/plain', 'there is nothing here\n')
  }

  function get(request: IncomingMessage, response: ServerResponse): void {
    const { url = '/' } = request
    const name = SCRIPT.exec(url)?.[1]
    if (url === '/') answer(response, 200, 'text/html; charset=utf-8', page())
    else if (name !== undefined) script(response, name)
    else if (url !== '/live') answer(response, 404, 'text/plain', 'there is nothing here\n')
    else if (viewers.add(response, now()) === null) answer(response, 503, 'text/plain', 'too many look at this page already\n')
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url } = request
    if (method === 'GET' && url === '/style.css') answer(response, 200, 'text/css', style)
    else if (method === 'POST' && url === '/enter') await enter(request, response)
    else if (!sessions.has(request.headers.cookie)) {
      if (method === 'GET' && url === '/') answer(response, 200, 'text/html; charset=utf-8', entrance(null))
      else answer(response, 401, 'text/plain', 'type the code on the first page\n')
    } else if (method === 'POST') await post(request, response)
    else if (method === 'GET') get(request, response)
    else answer(response, 405, 'text/plain', 'GET or POST\n')
  }

  const server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS }, (request, response) => {
    // A browser that goes away while it is answered.
    serve(request, response).catch(() => response.destroy())
  })
  server.maxConnections = MOST_CONNECTIONS
  server.on('connection', (socket) => {
    if (!isNeighbour(socket.remoteAddress)) socket.destroy()
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port, options.address, resolve))
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : options.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        // The last word to the viewers is on its way; whoever does not take it is cut off.
        setTimeout(() => server.closeAllConnections(), 200)
      }),
  }
}
