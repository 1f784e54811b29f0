/** What the doctor says of whoever starts kantukd. */
import { describe, expect, it } from 'vitest'
import { diagnose, withoutSystemd } from '../../daemon/doctor/service.js'

const shown = (more: Record<string, string>): string =>
  Object.entries({
    LoadState: 'loaded',
    UnitFileState: 'enabled',
    ActiveState: 'active',
    Result: 'success',
    NRestarts: '0',
    StatusText: 'watching',
    ...more,
  })
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')

describe('without systemd', () => {
  it('a container is started by its engine: nothing is to be done', () => {
    expect(withoutSystemd(true)).toMatchObject({ status: 'pass' })
  })
  it('nothing else would start it', () => {
    expect(withoutSystemd(false)).toMatchObject({ status: 'warn', code: 'service-no-systemd' })
  })
})

describe('with systemd', () => {
  it('a service that runs is well, and says how often it was started again', () => {
    expect(diagnose(shown({ NRestarts: '3' }))).toMatchObject({ status: 'pass', message: 'it runs: watching; started again 3 times since' })
  })
  it.each([
    ['service-missing', { LoadState: 'not-found' }],
    ['service-disabled', { UnitFileState: 'disabled' }],
    ['service-failed', { ActiveState: 'failed', Result: 'exit-code' }],
    ['service-stopped', { ActiveState: 'inactive' }],
  ])('one that is not well is told: %s', (code, more) => {
    expect(diagnose(shown(more))).toMatchObject({ code })
  })
})
