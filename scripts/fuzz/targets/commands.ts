/**
 * Payloads on the topics that are listened to: one answer each, by the published form. Half are the hostile ones of tests/hostile, which also hold
 * what was done against the schemas; half are a command's own, with one change at most: they get past the first look.
 */
import fc from 'fast-check'
import { payloads } from '../../../daemon/fleet/payloads/index.js'
import { deskRig, EXPIRES } from '../../../tests/fleet/commands/rig.js'
import { hostilePayload, listenedTopic, nearRequest } from '../../../tests/hostile/payloads.js'
import { checkTime, FuzzFault, type Target, trying } from './types.js'

export const commands: Target = async (random, inputs, mayGoOn) => {
  const { raw, topics, done, answers } = deskRig()
  const base = topics.commands.slice(0, -'command/+'.length)
  const asked = fc.sample(fc.tuple(fc.oneof(fc.tuple(listenedTopic, hostilePayload), nearRequest(EXPIRES)), fc.nat(9)), {
    seed: random.below(2 ** 31),
    numRuns: inputs,
  })
  let expected = 0
  for (const [n, [[ending, payload], chance]] of asked.entries()) {
    checkTime(n, mayGoOn)
    await trying(`${ending} ${payload}`, async () => {
      raw(`${base}${ending}`, payload, chance === 0)
      for (let turns = 0; turns < 6; turns++) await null
    })
    if (payload.length > 0) expected += 1
  }
  const given = await answers()
  if (given.length !== expected) throw new FuzzFault(`${given.length} answers to ${expected} payloads`)
  for (const result of given) await trying(JSON.stringify(result), () => payloads.result.parse(JSON.parse(JSON.stringify(result))))
  return done.length
}
