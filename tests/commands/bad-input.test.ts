/** Whatever is wrong, the program says it in a sentence, ends with the contract's exit code, and shows no stack trace. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { opencv } from '../../daemon/vision/opencv.js'
import { drawnDriver } from '../drawn-driver.js'
import { observationOf } from '../judgement/story.js'
import { type Done, kantukd, scratch, start, writeConfig } from './program.js'

const folder = scratch()
const file = (name: string, content: string | Buffer = ''): string => {
  const whole = path.join(folder, name)
  writeFileSync(whole, content)
  return whole
}
const defaults = fileURLToPath(new URL('../../config/kantukd.yaml', import.meta.url))

function expectSentence({ code, stderr }: Done, wantedCode: number, ...parts: string[]): void {
  expect(stderr).not.toMatch(/^\s+at /m)
  for (const part of parts) expect(stderr).toContain(part)
  expect(
    stderr
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('kantukd:')),
  ).toHaveLength(1)
  expect(code).toBe(wantedCode)
}

describe('a recording', () => {
  it('that is not there', () => expectSentence(kantukd(['replay', '/nowhere/drive.mp4']), 2, '/nowhere/drive.mp4'))

  it('that is no video', () => expectSentence(kantukd(['replay', file('text.mp4', 'not a video')]), 2, 'text.mp4'))

  it('that is cut off in the middle', () => {
    const whole = readFileSync(drawnDriver)
    const { code, stdout, stderr } = kantukd(['replay', file('cut.avi', whole.subarray(0, whole.length / 4)), '--json'])
    expect(code).toBe(0)
    expect(stderr).toMatch(/^kantukd: .*cut\.avi says it holds 248 frames, and \d+ could be read/)
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ type: 'summary' })
  })

  it('that is a log with a broken line names the line', () =>
    expectSentence(kantukd(['replay', file('broken.jsonl', '\n{"at": 1\n{"at": 2\n')]), 2, 'broken.jsonl:2'))

  it('that is a log whose time goes back names the line', () => {
    const line = (at: number) => JSON.stringify(observationOf(at, 0, { left: 0, right: 0 }))
    expectSentence(kantukd(['replay', file('back.jsonl', `${line(900)}\n${line(100)}\n`)]), 2, 'back.jsonl:2')
  })

  it('that is a log torn in its last line, as by a power cut, is replayed up to there, and that is said', () => {
    const line = (at: number) => JSON.stringify(observationOf(at, 0, { left: 0, right: 0 }))
    const { code, stdout, stderr } = kantukd(['replay', file('torn.jsonl', `${line(0)}\n${line(40)}\n{"at": 8`), '--json'])
    expect(code).toBe(0)
    expect(stderr).toContain('torn.jsonl:3')
    expect(JSON.parse(stdout.trim())).toMatchObject({ type: 'summary', frames: 2 })
  })

  it('is never overwritten by its own overlay', () => {
    const copy = path.join(folder, 'drive.avi')
    copyFileSync(drawnDriver, copy)
    const link = path.join(folder, 'other-name.avi')
    symlinkSync(copy, link)
    expectSentence(kantukd(['replay', copy, '--overlay', link]), 2, 'the recording itself')
    expect(statSync(copy).size).toBe(statSync(drawnDriver).size)
  })

  it('whose overlay cannot be written', () =>
    expectSentence(kantukd(['replay', drawnDriver, '--overlay', '/nowhere/seen.mp4']), 2, '/nowhere/seen.mp4'))
})

describe('a picture', () => {
  it('that is damaged gives an error line, the rest go on, and the exit code is 1', () => {
    const broken = file('broken.png', 'x')
    const whole = path.join(folder, 'whole.jpg')
    const cv = opencv()
    const mat = new cv.Mat(64, 64, cv.CV_8UC1, 90)
    cv.imwrite(whole, mat)
    mat.release()
    const half = file('half.jpg', readFileSync(whole).subarray(0, 300))
    const { code, stdout, stderr } = kantukd(['classify', '--eye', '--json', broken, '/nowhere/eye.png', half, folder])
    expect(code).toBe(1)
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { file: broken, error: expect.stringContaining('broken.png') },
      { file: '/nowhere/eye.png', error: expect.stringContaining('does not exist') },
      { file: half, error: expect.stringContaining('cut off') },
      { file: folder, error: expect.stringContaining('is no file') },
    ])
    expect(stderr).toBe('')
  })

  it('is needed', () => expectSentence(kantukd(['classify']), 2, 'at least one picture'))

  it('of a face is not cut closely', () => expectSentence(kantukd(['classify', '--close', 'a.png']), 2, '--close', 'needs --eye'))
})

describe('a model', () => {
  it('that is not there', () =>
    expectSentence(kantukd(['classify', '--eye', '--model', '/nowhere/eyes.onnx', 'a.png']), 2, '/nowhere/eyes.onnx'))

  it('that is no model', () =>
    expectSentence(kantukd(['classify', '--eye', '--model', file('eyes.onnx', 'no model'), 'a.png']), 2, 'eyes.onnx'))

  it('that the configuration names and that is not there stops run before it starts', () => {
    const config = writeConfig(scratch(), { classifier: { model: '/nowhere/eyes.onnx' }, alarm: { output: 'console' } })
    const { code, stderr } = kantukd(['run', '-c', config])
    expect(code).toBe(2)
    expect(stderr).toMatch(/:\d+:\d+: error\[no-such-file\]: classifier\.model is \/nowhere\/eyes\.onnx, and there is no such file/)
  })
})

describe('a configuration', () => {
  it('with a typo is refused with file, line and a suggestion', () => {
    const yaml = file('typo.yaml', `${readFileSync(defaults, 'utf8').trimEnd()}\nbuzer_pin: 17\n`)
    const line = readFileSync(yaml, 'utf8').trimEnd().split('\n').length
    for (const done of [kantukd(['check-config', yaml]), kantukd(['run', '-c', yaml]), kantukd(['replay', drawnDriver, '-c', yaml])]) {
      expect(done.code).toBe(2)
      expect(done.stderr).toContain(`typo.yaml:${line}:1: error[`)
      expect(done.stderr).not.toMatch(/^\s+at /m)
    }
    const [finding] = kantukd(['check-config', yaml, '--json']).stdout.trim().split('\n')
    expect(JSON.parse(finding ?? '')).toMatchObject({ severity: 'error', line, column: 1, file: yaml })
  })

  it('that is not there', () => {
    const { code, stderr } = kantukd(['check-config', '/nowhere/kantukd.yaml'])
    expect(code).toBe(2)
    expect(stderr).toContain('/nowhere/kantukd.yaml')
  })

  it('that is the annotated default is valid', () => {
    const copy = path.join(folder, 'copy.yaml')
    copyFileSync(defaults, copy)
    expect(kantukd(['check-config', copy])).toMatchObject({ code: 0, stdout: `${copy} is valid.\n` })
  })

  it('with a recording for a camera runs only with --simulated', () => {
    const config = writeConfig(scratch(), { camera: { kind: 'file', file: { path: drawnDriver } }, alarm: { output: 'console' } })
    expectSentence(kantukd(['run', '-c', config]), 2, '--simulated')
  })
})

describe('run', () => {
  const simulated = (config: object, ...args: string[]) =>
    kantukd(['run', '--simulated', '-c', writeConfig(scratch(), { alarm: { output: 'console' }, ...config }), ...args])

  it('over a recording that is no video ends, instead of trying for ever', () => {
    const { code, stderr } = simulated({ camera: { kind: 'file', file: { path: file('no-video.mp4', 'text') } }, log: { format: 'json' } })
    expect(code).toBe(2)
    expect(stderr).toMatch(/^kantukd: .*no-video\.mp4/m)
  })

  it('over a script without a name is a mistake in the configuration', () => {
    const { code, stderr } = simulated({ camera: { kind: 'scripted' } })
    expect(code).toBe(2)
    expect(stderr).toContain('camera.scripted.path')
  })

  it.each(['/proc/nowhere', drawnDriver])('cannot record into %s, says so and ends', (target) =>
    expectSentence(simulated({ camera: { kind: 'file', file: { path: drawnDriver } } }, '--record', target), 2, target),
  )
})

describe('a reader that has gone away', () => {
  it('ends a command that prints results, without a stack trace', () => {
    const done = spawnSync('sh', ['-c', `node dist/cli.js replay ${drawnDriver} --json --observations | head -1`], { encoding: 'utf8' })
    expect(done.stderr).toBe('')
  })

  it('of the log does not end the daemon', async () => {
    const config = writeConfig(scratch(), { camera: { kind: 'file', file: { path: drawnDriver, loop: true } }, alarm: { output: 'none' } })
    const log = path.join(scratch(), 'log')
    // Recording goes on after the log's reader has gone: looked for once a second, for up to a minute on a busy machine.
    const recorded = `for second in $(seq 60); do find ${log} -name '*.jsonl' -size +0 2>/dev/null | grep . && break; sleep 1; done`
    const command = `node dist/cli.js run --simulated -c ${config} --record ${log} 2>&1 | head -1 & ${recorded}; pkill -f ${config}`
    const { stdout } = spawnSync('sh', ['-c', command], { encoding: 'utf8' })
    expect(stdout).toMatch(/kantukd starts/)
    expect(stdout).toMatch(/\.jsonl/)
  })
})

describe('arguments', () => {
  it.each([[['replay']], [['replay', drawnDriver, '--fps', 'fast']], [['sing']], [['replay', drawnDriver, '--colour']]])('%j', (args) =>
    expectSentence(kantukd(args), 2),
  )
})

describe('hardware', () => {
  it('a camera that is not plugged in is named, again and again tried, and told to driver and fleet', async () => {
    const config = writeConfig(scratch(), { camera: { device: '/dev/video99' }, alarm: { output: 'console' }, log: { format: 'json' } })
    const daemon = start(['run', '-c', config])
    await daemon.says(/camera\.device \/dev\/video99 does not exist/)
    await daemon.says(/camera-unavailable \(level 1, notice\): no camera for 5/, 12_000)
    expect(daemon.log()).toContain('BUZZER on')
    expect(daemon.log().match(/video99 does not exist/g)?.length).toBe(1)
    daemon.kill('SIGTERM')
    expect((await daemon.ended()).code).toBe(0)
    expect(daemon.log()).not.toMatch(/\n\s+at /)
  })

  it('a buzzer on a chip that is not there is named, before anything runs', () => {
    const config = writeConfig(scratch(), { alarm: { output: 'gpio', buzzer: { chip: 'no-such-chip' } } })
    expectSentence(kantukd(['run', '-c', config]), 1)
  })
})
