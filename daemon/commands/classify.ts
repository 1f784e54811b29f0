/** `kantukd classify`: open or closed, for pictures of faces or, with --eye, of single eyes. */
import { createInterface } from 'node:readline'
import { defaultConfig } from '../config/index.js'
import { isSeen, type Observation } from '../observation.js'
import { reasonOf } from '../reason-of.js'
import { createClassifier } from '../vision/classify/index.js'
import type { Classifier, EyeState } from '../vision/classify/types.js'
import { shippedModel } from '../vision/models.js'
import { openChain } from '../vision/open.js'
import { type EyeCut, readEyePatch, readPicture } from '../vision/pictures.js'
import type { GrayPatch } from '../vision/pixels.js'
import { type ExitCode, UsageError } from './faults.js'

export type ClassifyFlags = { eye?: true; close?: true; json?: true; model?: string }

type Answer = { file: string; state: 'open' | 'closed' | 'unseen'; closed: number; visible: number; eyes?: EyeState[] }
type Failure = { file: string; error: string }

// One run of the network for this many eyes: enough to be fast, few enough to answer soon.
const BATCH = 64

async function* namesOf(images: readonly string[]): AsyncGenerator<string> {
  for (const image of images) {
    if (image !== '-') yield image
    else for await (const line of createInterface({ input: process.stdin })) if (line !== '') yield line
  }
}

const stateOf = (closed: number, visible: number, closedAbove: number): Answer['state'] =>
  visible < 0.5 ? 'unseen' : closed >= closedAbove ? 'closed' : 'open'

const rounded = (value: number): number => Number(value.toFixed(4))

const failure = (file: string, fault: unknown): Failure => ({ file, error: reasonOf(fault) })

/** One eye a picture: patches are gathered and classified together. */
async function* classifyEyes(
  files: AsyncIterable<string>,
  cut: EyeCut,
  classifier: Classifier,
  closedAbove: number,
): AsyncGenerator<Answer | Failure> {
  let waiting: Array<{ file: string; patch: GrayPatch } | Failure> = []
  async function* flush(): AsyncGenerator<Answer | Failure> {
    const states = await classifier.classify(waiting.flatMap((w) => ('patch' in w ? [w.patch] : [])))
    let next = 0
    for (const w of waiting) {
      const state = 'patch' in w ? states[next++] : undefined
      if (state === undefined) yield 'error' in w ? w : failure(w.file, new Error('the classifier gave no answer'))
      else
        yield {
          file: w.file,
          state: stateOf(state.closed, state.visible, closedAbove),
          closed: rounded(state.closed),
          visible: rounded(state.visible),
        }
    }
    waiting = []
  }
  for await (const file of files) {
    try {
      waiting.push({ file, patch: readEyePatch(file, classifier.inputSize, cut) })
    } catch (fault) {
      waiting.push(failure(file, fault))
    }
    if (waiting.length === BATCH) yield* flush()
  }
  if (waiting.length > 0) yield* flush()
}

function faceAnswer(file: string, { left, right }: Observation, closedAbove: number): Answer {
  const seen = [left, right].filter(isSeen)
  // As in the judgement: the more open eye decides.
  const closed = seen.length === 0 ? 0 : Math.min(...seen.map((eye) => eye.closed))
  const visible = seen.length === 0 ? 0 : Math.max(...seen.map((eye) => eye.visible))
  const eyes = [left, right].flatMap((eye) => (eye === null ? [] : [{ closed: eye.closed, visible: eye.visible }]))
  return { file, state: stateOf(closed, visible, closedAbove), closed, visible, eyes }
}

/** A whole picture each: face and eyes are located first. */
async function* classifyFaces(
  files: AsyncIterable<string>,
  model: string | undefined,
  closedAbove: number,
): AsyncGenerator<Answer | Failure> {
  const { locate, classifier } = defaultConfig()
  const chain = await openChain({ locate, classifier: { ...classifier, model: model ?? null } })
  try {
    for await (const file of files) {
      try {
        const frame = readPicture(file)
        try {
          chain.reset()
          yield faceAnswer(file, (await chain.look(frame, 0)).observation, closedAbove)
        } finally {
          frame.release()
        }
      } catch (fault) {
        yield failure(file, fault)
      }
    }
  } finally {
    await chain.close()
  }
}

const sentence = (answer: Answer): string =>
  answer.state === 'unseen'
    ? `${answer.file}: eyes not seen`
    : `${answer.file}: ${answer.state} (closed with probability ${answer.closed.toFixed(3)})`

/**
 * One line a picture. A picture that cannot be read gives a line with `error`, the rest go on, and the exit code is 1.
 * @param images names of files; `-` reads names from stdin, one a line
 */
export async function classifyCommand(images: readonly string[], flags: ClassifyFlags): Promise<ExitCode> {
  if (images.length === 0) throw new UsageError('classify needs at least one picture, or - to read names from stdin')
  if (flags.close === true && flags.eye !== true) throw new UsageError('classify --close says how single eyes were cut: it needs --eye')
  const { closedAbove } = defaultConfig().judgement
  const classifier = flags.eye === true ? await createClassifier({ kind: 'onnx', model: flags.model ?? shippedModel('onnx') }) : null
  const answers =
    classifier === null
      ? classifyFaces(namesOf(images), flags.model, closedAbove)
      : classifyEyes(namesOf(images), flags.close === true ? 'close' : 'wide', classifier, closedAbove)
  let code: ExitCode = 0
  for await (const answer of answers) {
    const failed = 'error' in answer
    if (failed) code = 1
    if (flags.json === true) process.stdout.write(`${JSON.stringify(answer)}\n`)
    else if (failed) process.stderr.write(`kantukd: ${answer.error}\n`)
    else process.stdout.write(`${sentence(answer)}\n`)
  }
  await classifier?.close()
  return code
}
