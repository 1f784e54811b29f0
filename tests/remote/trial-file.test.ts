import { chmodSync, existsSync, mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createTrialFile, sha256 } from '../../daemon/remote/trial-file.js'
import type { Owed, Trial } from '../../daemon/remote/types.js'

const OLD = 'log: {level: info}\n'
const NEW = 'log: {level: debug}\n'
const trial: Trial = {
  ...{ state: 'trial', transaction: 'desk-1', fingerprint: '{}', oldText: OLD, newSha256: sha256(NEW) },
  ...{ healthySeconds: 60, needsVision: true, success: { ok: true } },
}
const owed: Owed = { state: 'owed', transaction: 'desk-1', fingerprint: '{}', answer: { ok: true } }

const place = () => {
  const file = join(mkdtempSync(join(tmpdir(), 'kantukd-trial-')), 'kantukd.yaml')
  writeFileSync(file, OLD)
  return { file, text: () => readFileSync(file, 'utf8'), isMarked: () => existsSync(`${file}.trial`) }
}
const rolledBack = {
  state: 'owed',
  transaction: 'desk-1',
  fingerprint: '{}',
  answer: { ok: false, error: { code: 'rolled-back', message: expect.any(String) } },
}

describe('a trial on the disk', () => {
  it('leaves nothing behind where there was none', async () => {
    const { file, text } = place()
    expect(await createTrialFile(file).recover()).toEqual({ text: null, owed: null, said: null })
    expect(text()).toBe(OLD)
  })

  it('that was confirmed keeps the new file, and owes the answer until it is heard', async () => {
    const { file, text, isMarked } = place()
    const disk = createTrialFile(file)
    await disk.begin(trial, NEW)
    await disk.confirm(owed)
    const later = createTrialFile(file)
    expect(await later.recover()).toEqual({ text: null, owed, said: null })
    expect([text(), isMarked()]).toEqual([NEW, true])
    await later.clear()
    expect(isMarked()).toBe(false)
  })

  it('that was undone has the old file back', async () => {
    const { file, text } = place()
    const disk = createTrialFile(file)
    await disk.begin(trial, NEW)
    expect(text()).toBe(NEW)
    await disk.undo(trial, owed)
    expect(text()).toBe(OLD)
  })

  // Each step is one rename: a power cut finds one of these.
  it.each([
    ['after the mark, before the file', OLD],
    ['after the file', NEW],
    ['while it is taken back, before the mark changes', OLD],
  ])('that was cut short %s gives the last good file, and the fleet is told', async (_, found) => {
    const { file, text } = place()
    await createTrialFile(file).begin(trial, NEW)
    writeFileSync(file, found)
    writeFileSync(`${file}.new`, 'half a fi')
    expect(await createTrialFile(file).recover()).toMatchObject({ text: null, owed: rolledBack })
    expect(text()).toBe(OLD)
    // The next start finds it told, not tried.
    expect(await createTrialFile(file).recover()).toMatchObject({ owed: rolledBack, said: null })
  })

  it('that was cut short leaves alone what was written by hand since', async () => {
    const { file, text } = place()
    await createTrialFile(file).begin(trial, NEW)
    writeFileSync(file, 'log: {level: warn}\n')
    expect(await createTrialFile(file).recover()).toMatchObject({ text: null, said: expect.stringContaining('edited since') })
    expect(text()).toBe('log: {level: warn}\n')
  })

  it('whose mark is spoilt is named, and the file is used as it is', async () => {
    const { file, text } = place()
    writeFileSync(`${file}.trial`, '{"state":"tri')
    expect(await createTrialFile(file).recover()).toMatchObject({
      text: null,
      owed: null,
      said: expect.stringContaining(`${file}.trial cannot be read`),
    })
    expect(text()).toBe(OLD)
  })

  it('that stands is not cleared by an answer that was heard', async () => {
    const { file, isMarked } = place()
    const disk = createTrialFile(file)
    await disk.begin(trial, NEW)
    await disk.clear()
    expect(isMarked()).toBe(true)
  })

  it('keeps permissions and follows a link', async () => {
    const { file, text } = place()
    chmodSync(file, 0o604)
    const link = join(mkdtempSync(join(tmpdir(), 'kantukd-trial-')), 'kantukd.yaml')
    symlinkSync(file, link)
    await createTrialFile(link).begin(trial, NEW)
    expect([text(), statSync(file).mode & 0o777]).toEqual([NEW, 0o604])
  })
})
