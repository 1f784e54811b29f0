"""MediaPipe's face mesh (it tracks between frames) and the eye aspect ratio. With --refined the mesh refines eyes and lips, as most published programs ask it to."""
import os
import sys

os.environ['GLOG_minloglevel'] = '2'
os.environ['CUDA_VISIBLE_DEVICES'] = ''
import cv2
import mediapipe
import numpy
from contender import eye_aspect_ratio, serve

cv2.setNumThreads(1)
RIGHT = [33, 160, 158, 133, 153, 144]
LEFT = [362, 385, 387, 263, 373, 380]


def new_run():
    mesh = mediapipe.solutions.face_mesh.FaceMesh(max_num_faces=1, refine_landmarks='--refined' in sys.argv)

    def judge(frame):
        result = mesh.process(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))
        if not result.multi_face_landmarks:
            return False
        height, width = frame.shape[:2]
        points = numpy.array([(mark.x * width, mark.y * height) for mark in result.multi_face_landmarks[0].landmark])
        return numpy.isfinite(eye_aspect_ratio(points[RIGHT]) + eye_aspect_ratio(points[LEFT]))

    return judge


serve(new_run)
