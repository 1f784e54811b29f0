/** Why something cannot be kept, as a person reads it, with its code. */
import { codedSentence } from '../coded.js'
import { reasonOf } from '../reason-of.js'
import { EvidenceError } from './errors.js'

export function faultSentence(fault: unknown): string {
  if (fault instanceof EvidenceError) return codedSentence(fault)
  const why = reasonOf(fault)
  const message = `its folder cannot be written (${why}): is the disk full or read-only, or does it belong to somebody else?`
  return codedSentence(new EvidenceError('evidence-folder', message, fault))
}
