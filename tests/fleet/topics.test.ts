import { describe, expect, it } from 'vitest'
import { topicsOf } from '../../daemon/fleet/topics.js'

describe('topics', () => {
  it('lie below kantuk/<fleet>/<vehicle>', () => {
    const topics = topicsOf('city', 'bus-12')
    expect(topics.alert).toBe('kantuk/city/bus-12/alert')
    expect(topics.configSet).toBe('kantuk/city/bus-12/config/set')
    expect(topics.command('self-test')).toBe('kantuk/city/bus-12/command/self-test')
  })

  it.each(['', 'a/b', '+', 'x#', 'two words', 'nul\0'])('refuse %j as a name, which would change their meaning', (name) => {
    for (const make of [() => topicsOf(name, 'v'), () => topicsOf('f', name), () => topicsOf('f', 'v').command(name)]) {
      expect(make).toThrow(expect.objectContaining({ code: 'topic-level' }))
    }
  })
})
