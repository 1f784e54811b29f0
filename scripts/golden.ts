/** `npm run golden`: the golden samples of the shipped models anew, after a change of a model, of the detectors' conversion, or of what is drawn for them. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { openBlazeface } from '../daemon/vision/locate/blazeface.js'
import { goldenOf } from '../daemon/vision/locate/golden.js'
import { goldenFile, shippedModels } from '../daemon/vision/models.js'
import { writeGolden } from './train/golden.js'

await writeGolden()
for (const kind of ['short', 'full'] as const) {
  const model = path.join(shippedModels(), `blazeface-${kind}-gray.onnx`)
  const network = await openBlazeface(model, kind, 1)
  const told = JSON.stringify(await goldenOf(network, model), (_, value: unknown) =>
    typeof value === 'number' ? Number(value.toFixed(6)) : value,
  )
  await network.close()
  writeFileSync(goldenFile(model), `${told}\n`)
  console.log(`wrote ${goldenFile(model)}`)
}
