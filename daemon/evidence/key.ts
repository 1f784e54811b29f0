/** The key that evidence is encrypted with. */
import { readFileSync } from 'node:fs'
import { EvidenceError } from './errors.js'

/** 32 bytes out of a file of 64 hexadecimal digits. @throws EvidenceError `evidence-key` */
export function readKey(file: string): Buffer {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (fault) {
    const why = fault instanceof Error && 'code' in fault ? String(fault.code) : String(fault)
    throw new EvidenceError('evidence-key', `the key ${file} cannot be read (${why}): is it there, and readable by this user?`, fault)
  }
  if (!/^[0-9a-f]{64}$/i.test(text))
    throw new EvidenceError('evidence-key', `the key ${file} is not 64 hexadecimal digits; make one with: openssl rand -hex 32 > ${file}`)
  return Buffer.from(text, 'hex')
}
