/** The little of HTTP that the page needs. */
import type { IncomingMessage, ServerResponse } from 'node:http'

// Own: a code, the name of a pattern.
const MOST_BODY_BYTES = 1024

/** Nothing but our own files and pictures in a message; no frame around it, nothing kept. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

export const answer = (response: ServerResponse, status: number, type: string, body: string, more: Record<string, string> = {}): void =>
  void response.writeHead(status, { ...HEADERS, 'content-type': type, ...more }).end(body)

/** The body, or null when it is longer than anything the page sends. */
export async function bodyOf(request: IncomingMessage): Promise<string | null> {
  let body = ''
  for await (const chunk of request) {
    body += String(chunk)
    if (body.length > MOST_BODY_BYTES) return null
  }
  return body
}
