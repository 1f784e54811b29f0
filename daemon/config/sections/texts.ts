/** Kinds of text that several sections share. Each says in its own words what is wrong with a value. */
import { z } from 'zod'

/** One level of an MQTT topic: letters, digits, dot, underscore, hyphen; so no `+`, `#`, `/` or space can reach a topic. */
export const topicLevel = () =>
  z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
    error:
      'must be 1 to 64 letters, digits, dots, underscores or hyphens, beginning with a letter or digit (it becomes part of the MQTT topic)',
  })

/** The name of a file or folder; relative names are taken from the folder of the YAML file. */
export const path = () => z.string().min(1, { error: 'must name a file or folder; write null for none' })

/** The label of a GPIO chip as the kernel gives it in /sys/class/gpio/gpiochip.../label. */
export const chipLabel = () =>
  z.string().regex(/^[\w.:@-]{1,64}$/, { error: 'must be the label of a GPIO chip, as in: cat /sys/class/gpio/gpiochip*/label' })
