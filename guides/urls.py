from django.urls import path
from django.views.generic import RedirectView

from guides.feedback.views import did_it

from .public import views

app_name = "guides"
urlpatterns = [
    path("", views.home, name="home"),
    path("focus/<slug:generation>/", views.generation, name="generation"),
    path("focus/<slug:generation>/<slug:radio>/", views.guide, name="guide"),
    path("focus/<slug:generation>/<slug:radio>/qr.svg", views.qr, name="qr"),
    path("focus/<slug:generation>/<slug:radio>/pack.json", views.pack, name="pack"),
    path("focus/<slug:generation>/<slug:radio>/reader.json", views.reader, name="reader"),
    path("find-my-focus/", views.find_my_focus, name="find_my_focus"),
    path("radios/", views.radios, name="radios"),
    path("radios/<slug:radio>/", views.guide, name="radio"),
    path("radios/<slug:radio>/qr.svg", views.qr, name="qr"),
    path("radios/<slug:radio>/pack.json", views.pack, name="pack"),
    path("radios/<slug:radio>/reader.json", views.reader, name="reader"),
    path("messages/", views.messages, name="messages"),
    path("messages/<slug:message>/", views.message, name="message"),
    path("practice/", RedirectView.as_view(pattern_name="guides:radios", permanent=True)),
    path("practice/<slug:radio>/", views.practice, name="practice"),
    path("check/", views.check, name="check"),
    path("did-it/", did_it, name="did_it"),
    path("reader.json", views.reader, name="reader"),
    path("get-the-code/", views.get_the_code, name="get_the_code"),
    path("questions/", views.questions, name="questions"),
    path("cars/", views.cars, name="cars"),
    path("offline/", views.offline_page, name="offline"),
    path("last-car/", views.last_car, name="last_car"),
    path("about/", views.about, name="about"),
    path("about/sources/", views.sources, name="sources"),
    path("about/sources/<slug:source>/", views.source, name="source"),
]
