"""As most tutorials do it: Haar cascades for face and eyes, a Keras MobileNetV2 at 224 pixels (random weights do for time)."""
import os

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
os.environ['CUDA_VISIBLE_DEVICES'] = ''
import cv2
import numpy
import tensorflow as tf
from contender import serve

cv2.setNumThreads(1)
tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)
faces = cv2.CascadeClassifier(cv2.data.haarcascades + 'haarcascade_frontalface_default.xml')
eyes = cv2.CascadeClassifier(cv2.data.haarcascades + 'haarcascade_eye.xml')
model = tf.keras.applications.MobileNetV2(weights=None, classes=2)
model.predict_on_batch(numpy.zeros((2, 224, 224, 3), numpy.float32))


def judge(frame):
    gray = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
    found = faces.detectMultiScale(gray, 1.3, 5)
    if len(found) == 0:
        return False
    x, y, width, height = max(found, key=lambda box: box[2] * box[3])
    boxes = eyes.detectMultiScale(gray[y : y + height, x : x + width])[:2]
    if len(boxes) == 0:
        return False
    face = frame[y : y + height, x : x + width]
    patches = [cv2.resize(face[b : b + h, a : a + w], (224, 224)) for a, b, w, h in boxes]
    # predict_on_batch: the tutorials' predict() is slower still
    model.predict_on_batch(numpy.asarray(patches, numpy.float32) / 127.5 - 1)
    return len(boxes) == 2


serve(lambda: judge)
