"""dlib's face detector and 68 landmarks, and the eye aspect ratio."""
import cv2
import dlib
import face_recognition_models
import numpy
from contender import eye_aspect_ratio, serve

cv2.setNumThreads(1)
detector = dlib.get_frontal_face_detector()
predictor = dlib.shape_predictor(face_recognition_models.pose_predictor_model_location())


def judge(frame):
    gray = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)
    faces = detector(gray, 0)
    if len(faces) == 0:
        return False
    marks = predictor(gray, max(faces, key=lambda face: face.area()))
    points = numpy.array([(mark.x, mark.y) for mark in marks.parts()])
    return numpy.isfinite(eye_aspect_ratio(points[36:42]) + eye_aspect_ratio(points[42:48]))


serve(lambda: judge)
