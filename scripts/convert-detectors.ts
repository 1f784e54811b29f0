/**
 * Converts the BlazeFace detectors out of the npm package @mediapipe/face_detection (Apache-2.0) to models/blazeface-*-gray.onnx, which
 * take gray pictures.
 * Run by scripts/setup: `tsx scripts/convert-detectors.ts`. Converts nothing where the models are there and newer than their source; asks in any case
 * whether they are, byte for byte, those that the daemon will have at its start.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { beginProof } from '../daemon/vision/locate/golden.js'
import { onGray } from './onnx/gray.js'
import { encodeModel } from './onnx/model.js'
import { withSide } from './onnx/side.js'
import { widened } from './onnx/widen.js'
import { convertGraph } from './tflite/convert.js'
import { readTflite } from './tflite/reader.js'

const root = new URL('..', import.meta.url)
const SOURCE = 'node_modules/@mediapipe/face_detection/'

/** SHA-256 of the files in @mediapipe/face_detection 0.4.1657300184, whose conversion was compared with TensorFlow Lite. */
const detectors = [
  {
    file: 'face_detection_short_range.tflite',
    sha256: '3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633',
    model: 'models/blazeface-short-gray.onnx',
    // Tracking looks at a region closer around the face: at 80 px it is as big in it as in the whole of 128.
    side: 80,
  },
  {
    file: 'face_detection_full_range.tflite',
    sha256: '99bf9494d84f50acc6617d89873f71bf6635a841ea699c17cb3377f9507cfec3',
    model: 'models/blazeface-full-gray.onnx',
    side: null,
  },
] as const

const modified = async (path: URL): Promise<number> => (await stat(path).catch(() => null))?.mtimeMs ?? 0

const readSource = async (path: URL): Promise<Uint8Array> => {
  try {
    return await readFile(path)
  } catch (cause) {
    throw new Error(`cannot read ${fileURLToPath(path)}: run npm ci first, which installs @mediapipe/face_detection`, { cause })
  }
}

/** The conversion is the same on every machine: another sum is a fault of it, or a change that was meant. */
const checkSum = async (target: URL): Promise<void> => {
  await beginProof(fileURLToPath(target)).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`${why}. After an intended change of the conversion: npm run golden`, { cause })
  })
}

for (const { file, sha256, model, side } of detectors) {
  const source = new URL(SOURCE + file, root)
  const target = new URL(model, root)
  const bytes = await readSource(source)
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found !== sha256) {
    throw new Error(
      `${SOURCE}${file} has SHA-256 ${found}, expected ${sha256}: another version of @mediapipe/face_detection is installed than ` +
        'package-lock.json names. Run npm ci; after an intended upgrade compare the new models and change the sum in scripts/convert-detectors.ts.',
    )
  }
  // The converter's own files count as a source too, so that a change to them reaches the models.
  const parts = ['tflite/convert', 'tflite/operators', 'tflite/reader', 'tflite/half', 'onnx/gray', 'onnx/model', 'onnx/side', 'onnx/widen']
  const newest = Math.max(...(await Promise.all(parts.map((part) => modified(new URL(`scripts/${part}.ts`, root))))))
  if ((await modified(target)) > newest) {
    await checkSum(target)
    continue
  }
  const graph = convertGraph(file.replace('.tflite', ''), readTflite(bytes), {
    source: `@mediapipe/face_detection ${file}`,
    source_sha256: sha256,
    license: 'Apache-2.0',
  })
  const gray = onGray(graph)
  await mkdir(new URL('.', target), { recursive: true })
  // A half-written model must not be taken for a whole one.
  const unfinished = new URL(`${model}.new`, root)
  await writeFile(unfinished, encodeModel(widened(side === null ? gray : withSide(gray, side))))
  await rename(unfinished, target)
  console.log(`${model} converted from ${file}`)
  await checkSum(target)
}
