"""What the Python contenders share: runs of decoded frames in by stdin, one line of JSON out for each. Times in ms."""
import json
import sys
import time

import numpy


def serve(new_run):
    """new_run() gives a function: frame (height, width, 3; blue, green, red) -> whether both eyes were found and judged."""
    out = sys.stdout
    sys.stdout = sys.stderr
    print('{"ready":true}', file=out, flush=True)
    for line in sys.stdin:
        run = json.loads(line)
        width, height, frames = run['width'], run['height'], run['frames']
        pixels = numpy.memmap(run['file'], numpy.uint8, 'r', run['offset'], (frames, height, width, 3))
        judge = new_run()
        ms, cpu_ms, found = [], [], 0
        for index in range(frames):
            frame = numpy.array(pixels[index])
            cpu, start = time.process_time(), time.perf_counter()
            found += bool(judge(frame))
            ms.append((time.perf_counter() - start) * 1000)
            cpu_ms.append((time.process_time() - cpu) * 1000)
        print(json.dumps({'ms': ms, 'cpuMs': cpu_ms, 'found': found}), file=out, flush=True)


def eye_aspect_ratio(eye):
    """Height over width of an eye's six points, in order around it (Soukupova, Cech 2016)."""
    side = numpy.linalg.norm
    return (side(eye[1] - eye[5]) + side(eye[2] - eye[4])) / (2 * side(eye[0] - eye[3]))
