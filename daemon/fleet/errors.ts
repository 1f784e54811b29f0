/** Errors of the fleet room. The code is for programs, the message for the technician: what, where, what to do. */
import { CodedError } from '../coded.js'

export const fleetErrorCodes = [
  'topic-level',
  'file-unreadable',
  'file-wrong',
  'refused',
  'unreachable',
  'name-unknown',
  'timeout',
  'tls-untrusted',
  'tls-expired',
  'tls-name',
  'tls-handshake',
  'login',
  'forbidden',
  'protocol',
  'client-id',
  'taken-over',
  'busy',
  'closed',
  'not-connected',
  'publish-refused',
  'too-large',
  'unknown',
] as const

export type FleetErrorCode = (typeof fleetErrorCodes)[number]

export class FleetError extends CodedError<FleetErrorCode> {
  override readonly name = 'FleetError'
}

const refusals: readonly string[] = ['forbidden', 'publish-refused', 'too-large'] satisfies FleetErrorCode[]

/** The broker is there and does not take this one message; others it may. */
export const isRefusal = (error: unknown): boolean => error instanceof FleetError && refusals.includes(error.code)

/** The line went, or was not there: the link says why. */
export const isOfLine = (error: unknown): boolean =>
  error instanceof FleetError && (error.code === 'closed' || error.code === 'not-connected')
