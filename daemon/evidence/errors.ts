/** What can be wrong with evidence, each with its cure in the message. Closed. */
import { CodedError } from '../coded.js'
export const evidenceCodes = [
  /** The key cannot be read, is none, or is not the one that a record was made with. */
  'evidence-key',
  /** The folder cannot be read, written or made. */
  'evidence-folder',
  /** There is no room for it, on the disk or by `evidence.maxMb`. */
  'evidence-full',
  /** The disk is so slow that records wait; one was left out. */
  'evidence-slow',
  /** A file is no record, or was changed. */
  'evidence-damaged',
  /** No record has that id. */
  'evidence-missing',
  /** A picture was asked for, and pictures are not kept. */
  'evidence-off',
  /** … and the machine is under strain. */
  'evidence-paused',
  /** … and none came. */
  'evidence-no-picture',
] as const

export type EvidenceCode = (typeof evidenceCodes)[number]

export class EvidenceError extends CodedError<EvidenceCode> {
  override readonly name = 'EvidenceError'
}
