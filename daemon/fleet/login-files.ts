/** The password, certificates and key that the configuration names, read and looked at: a wrong file is named before TLS stumbles over it. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IClientOptions } from 'mqtt'
import { reasonOf } from '../reason-of.js'
import { FleetError } from './errors.js'

type Key = 'passwordFile' | 'caFile' | 'certFile' | 'keyFile'
/** Of the configuration's `fleet` section; null or absent: none. */
type Named = Readonly<Partial<Record<Key, string | null | undefined>>>

const read = async (key: Key, file: string): Promise<Buffer> => {
  try {
    const content = await readFile(file)
    if (content.length > 0) return content
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : ''
    throw new FleetError('file-unreadable', `fleet.${key} "${file}" cannot be read${why}: is it there, and may this user read it?`, cause)
  }
  throw new FleetError('file-unreadable', `fleet.${key} "${file}" is empty: write into it what it is for.`)
}

const wrong = (key: Key, file: string, what: string, cure: string, cause?: unknown): FleetError =>
  new FleetError('file-wrong', `fleet.${key} "${file}" ${what}: ${cure}.`, cause)

// RFC 7468; OpenSSL also writes TRUSTED.
const CERTIFICATE = /-----BEGIN (TRUSTED )?CERTIFICATE-----/

/** @throws FleetError */
function certificate(key: Key, file: string, content: Buffer): X509Certificate {
  if (!CERTIFICATE.test(content.toString('latin1')))
    throw wrong(
      key,
      file,
      'holds no certificate in PEM form',
      'one begins with -----BEGIN CERTIFICATE-----; openssl x509 -inform der -in FILE makes one of a .der or .cer',
    )
  try {
    return new X509Certificate(content)
  } catch (cause) {
    throw wrong(key, file, `holds a damaged certificate (${reasonOf(cause)})`, 'copy it there again', cause)
  }
}

/** @throws FleetError */
function privateKey(file: string, content: Buffer): KeyObject {
  try {
    return createPrivateKey(content)
  } catch (cause) {
    const isEncrypted = /ENCRYPTED/.test(content.toString('latin1'))
    throw isEncrypted
      ? wrong(
          'keyFile',
          file,
          'is protected by a passphrase',
          'nobody can type it in a vehicle; take it off: openssl pkey -in FILE -out NEW',
          cause,
        )
      : wrong('keyFile', file, 'holds no private key in PEM form', 'one begins with -----BEGIN PRIVATE KEY----- or the like', cause)
  }
}

/**
 * The files named, under the client's names for their contents. The end of line that an editor leaves is not part of a password.
 * @throws FleetError `file-unreadable` or `file-wrong`
 */
export async function loginFiles({ passwordFile, caFile, certFile, keyFile }: Named): Promise<IClientOptions> {
  const password = passwordFile ? (await read('passwordFile', passwordFile)).toString('utf8').replace(/\r?\n$/, '') : null
  const ca = caFile ? await read('caFile', caFile) : null
  const cert = certFile ? await read('certFile', certFile) : null
  const key = keyFile ? await read('keyFile', keyFile) : null
  if (caFile && ca) certificate('caFile', caFile, ca)
  const own = certFile && cert ? certificate('certFile', certFile, cert) : null
  const secret = keyFile && key ? privateKey(keyFile, key) : null
  if (own && secret && keyFile && !own.checkPrivateKey(secret))
    throw wrong('keyFile', keyFile, 'is not the key of the certificate in fleet.certFile', 'name the two that were made together')
  return { ...(password === null ? {} : { password }), ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }
}
