/** Files for the login that hold something else than they should: each is named, with what to do, before TLS stumbles over it. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { loginFiles } from '../../daemon/fleet/login-files.js'
import { makeCertificates } from './certificates.js'
import type { Certificates } from './mosquitto.js'

const folder = mkdtempSync(path.join(tmpdir(), 'kantukd-test-'))
const at = (name: string) => path.join(folder, name)
let good: Certificates
let other: Certificates
beforeAll(async () => {
  good = await makeCertificates()
  other = await makeCertificates()
  execFileSync('openssl', ['x509', '-in', good.caFile, '-outform', 'der', '-out', at('ca.der')])
  execFileSync('openssl', ['pkey', '-in', good.keyFile, '-aes256', '-passout', 'pass:secret', '-out', at('locked.pem')])
  writeFileSync(at('cut.pem'), readFileSync(good.certFile, 'utf8').slice(0, 200))
})

describe('the files of a login', () => {
  it('that are in order are handed over as they are', async () => {
    const { caFile, certFile, keyFile } = good
    expect(await loginFiles({ caFile, certFile, keyFile })).toEqual({
      ...{ ca: readFileSync(caFile), cert: readFileSync(certFile), key: readFileSync(keyFile) },
    })
  })

  it.each<[string, () => Parameters<typeof loginFiles>[0], RegExp]>([
    ['an authority in DER', () => ({ caFile: at('ca.der') }), /fleet\.caFile .* no certificate in PEM form: .*openssl x509 -inform der/],
    ['a key in place of an authority', () => ({ caFile: good.keyFile }), /fleet\.caFile .* no certificate in PEM form/],
    ['half a certificate', () => ({ certFile: at('cut.pem') }), /fleet\.certFile .* damaged certificate .*: copy it there again/],
    ['a certificate in place of a key', () => ({ keyFile: good.certFile }), /fleet\.keyFile .* no private key in PEM form/],
    ['a key with a passphrase', () => ({ keyFile: at('locked.pem') }), /fleet\.keyFile .* protected by a passphrase: .*openssl pkey/],
    [
      'the key of another certificate',
      () => ({ certFile: good.certFile, keyFile: other.keyFile }),
      /fleet\.keyFile .* is not the key of the certificate in fleet\.certFile: /,
    ],
  ])('%s is named, with the cure', async (_, files, message) => {
    await expect(loginFiles(files())).rejects.toMatchObject({ code: 'file-wrong', message: expect.stringMatching(message) })
  })
})
