import { z } from 'zod'
import { topicLevel } from './texts.js'

export const vehicle = z
  .strictObject({
    fleet: topicLevel().default('demo').describe('Name of the fleet: the second level of every topic, kantuk/<fleet>/<id>/...'),
    id: topicLevel()
      .default('vehicle')
      .describe('Name of this vehicle, different for every vehicle of the fleet: the third level of every topic.'),
  })
  .prefault({})
  .describe('Who this vehicle is.')
