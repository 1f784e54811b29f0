/**
 * A record of evidence as bytes: one line of JSON that says what it is, then the pictures one after another; with a key, these are sealed with
 * AES-256-GCM (nonce, cipher text, tag), and the line with them: neither can be changed, or moved to another record, without its being seen.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { EvidenceError } from './errors.js'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const NEWLINE = 0x0a
// Own: a head has about 100 bytes for each picture, and a record some dozens of them.
export const MOST_HEAD_BYTES = 65_536

export const head = z.object({
  kantukd: z.literal('evidence'),
  schema: z.literal(1),
  /** That of the incident; of a snapshot, its own. UUIDv7. */
  id: z.string().regex(/^[0-9a-f-]{36}$/),
  /** The rule that raised it first, or `snapshot`. */
  rule: z.string(),
  /** The highest while it was kept. */
  level: z.number().int(),
  /** RFC 3339, of the first event. */
  at: z.string(),
  clockSynced: z.boolean(),
  simulated: z.boolean(),
  sealed: z.boolean(),
  /** In order of time; `atMs` from the first event. */
  pictures: z.array(z.object({ atMs: z.number(), bytes: z.number().int().nonnegative() })),
})
export type Head = z.infer<typeof head>

/** What is kept of one alarm. */
export type Kept = Omit<Head, 'kantukd' | 'schema' | 'sealed' | 'pictures'> & { pictures: readonly { atMs: number; jpeg: Buffer }[] }

/** @param key 32 bytes; null: not sealed */
export function encode({ pictures, ...about }: Kept, key: Buffer | null): Buffer {
  const first: Head = {
    ...{ kantukd: 'evidence', schema: 1 },
    ...about,
    sealed: key !== null,
    pictures: pictures.map(({ atMs, jpeg }) => ({ atMs: Math.round(atMs), bytes: jpeg.length })),
  }
  const line = Buffer.from(`${JSON.stringify(first)}\n`)
  const body = Buffer.concat(pictures.map(({ jpeg }) => jpeg))
  if (key === null) return Buffer.concat([line, body])
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(line)
  return Buffer.concat([line, nonce, cipher.update(body), cipher.final(), cipher.getAuthTag()])
}

const damaged = (name: string, why: string, cause?: unknown): EvidenceError =>
  new EvidenceError('evidence-damaged', `${name} is no evidence, or damaged: ${why}`, cause)

/** The first line, and where the pictures begin. @throws EvidenceError `evidence-damaged` */
export function headOf(bytes: Buffer, name: string): { head: Head; bodyAt: number } {
  const end = bytes.subarray(0, MOST_HEAD_BYTES).indexOf(NEWLINE)
  if (end < 0) throw damaged(name, 'it has no first line')
  try {
    return { head: head.parse(JSON.parse(bytes.toString('utf8', 0, end))), bodyAt: end + 1 }
  } catch (fault) {
    throw damaged(name, 'its first line says something else', fault)
  }
}

function unseal(bytes: Buffer, bodyAt: number, key: Buffer, name: string): Buffer {
  if (bytes.length < bodyAt + NONCE_BYTES + TAG_BYTES) throw damaged(name, 'it is cut off')
  const nonce = bytes.subarray(bodyAt, bodyAt + NONCE_BYTES)
  const tag = bytes.subarray(bytes.length - TAG_BYTES)
  const decipher = createDecipheriv(CIPHER, key, nonce).setAAD(bytes.subarray(0, bodyAt)).setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(bytes.subarray(bodyAt + NONCE_BYTES, bytes.length - TAG_BYTES)), decipher.final()])
  } catch (fault) {
    throw new EvidenceError('evidence-key', `${name} does not open with this key: it was made with another, or was changed`, fault)
  }
}

/** @throws EvidenceError `evidence-damaged`, `evidence-key` */
export function decode(bytes: Buffer, key: Buffer | null, name: string): { head: Head; pictures: { atMs: number; jpeg: Buffer }[] } {
  const { head: first, bodyAt } = headOf(bytes, name)
  if (first.sealed && key === null)
    throw new EvidenceError('evidence-key', `${name} is encrypted: name its key (evidence.keyFile, or --key FILE)`)
  const body = first.sealed && key !== null ? unseal(bytes, bodyAt, key, name) : bytes.subarray(bodyAt)
  if (body.length !== first.pictures.reduce((sum, { bytes: each }) => sum + each, 0)) throw damaged(name, 'pictures are missing')
  let from = 0
  const pictures = first.pictures.map(({ atMs, bytes: length }) => {
    from += length
    return { atMs, jpeg: body.subarray(from - length, from) }
  })
  return { head: first, pictures }
}
