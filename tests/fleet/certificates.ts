/** Certificates made by openssl when a test needs them: an authority, and what it signed for localhost. */
import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Certificates } from './mosquitto.js'

const openssl = (...parameters: string[]) => promisify(execFile)('openssl', parameters)

// Elliptic curves: made in no time.
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/**
 * A new authority and a certificate it signed.
 * @param name the certificate's DNS name
 */
export const makeCertificates = async (name = 'localhost'): Promise<Certificates> => {
  const folder = await mkdtemp(join(tmpdir(), 'kantuk-certificates-'))
  const at = (file: string) => join(folder, file)
  await openssl(
    'req',
    '-x509',
    ...NEW_KEY,
    '-days',
    '2',
    '-subj',
    '/CN=kantuk test authority',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
  )
  await openssl('req', '-new', ...NEW_KEY, '-subj', `/CN=${name}`, '-keyout', at('key.pem'), '-out', at('request.pem'))
  await writeFile(at('extensions'), `subjectAltName=DNS:${name}\n`)
  const signing = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2', '-extfile', at('extensions')]
  await openssl('x509', '-req', '-in', at('request.pem'), ...signing, '-out', at('cert.pem'))
  return { caFile: at('ca.pem'), certFile: at('cert.pem'), keyFile: at('key.pem') }
}
