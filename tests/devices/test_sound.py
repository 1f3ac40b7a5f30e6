from __future__ import annotations

import io
import logging
import threading
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from pos_app.devices.sound import SoundPlayer
from pos_app.devices.tones import SAMPLE_RATE, Sound, wav_bytes

MakeCommand = Callable[[str, str], Path]


@pytest.fixture(autouse=True)
def nothing_is_left_behind() -> Iterator[None]:
    yield
    assert [thread for thread in threading.enumerate() if thread.name == "sound"] == []
    assert [child for child in psutil.Process().children() if child.name() in {"sh", "sleep", "aplay", "paplay"}] == []


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        threading.Event().wait(0.01)


@pytest.mark.parametrize("sound", list(Sound))
def test_each_sound_is_a_short_audible_wav(sound: Sound) -> None:
    with wave.open(io.BytesIO(wav_bytes(sound))) as reader:
        assert (reader.getnchannels(), reader.getsampwidth(), reader.getframerate()) == (1, 2, SAMPLE_RATE)
        assert 0.1 < reader.getnframes() / SAMPLE_RATE < 0.8
        frames = memoryview(reader.readframes(reader.getnframes())).cast("h")
    assert max(frames) > 10_000
    assert abs(frames[0]) < 200, "a hard start clicks"
    assert abs(frames[-1]) < 200, "a hard end clicks"


def test_the_sounds_differ() -> None:
    assert len({wav_bytes(sound) for sound in Sound}) == len(Sound)


def test_the_player_gets_the_file_of_the_sound(make_command: MakeCommand, tmp_path: Path) -> None:
    make_command("paplay", f'/bin/cp "$1" "{tmp_path}/copy"; echo done > "{tmp_path}/done"')
    player = SoundPlayer()
    player.play(Sound.REFUSED)
    wait_until((tmp_path / "done").exists)
    player.close()
    assert (tmp_path / "copy").read_bytes() == wav_bytes(Sound.REFUSED)


def test_a_player_that_fails_is_followed_by_the_next_and_not_asked_again(
    make_command: MakeCommand, tmp_path: Path
) -> None:
    make_command("paplay", f'echo x >> "{tmp_path}/failed"; exit 1')
    make_command("aplay", f'echo x >> "{tmp_path}/played"')
    player = SoundPlayer()
    played = tmp_path / "played"
    player.play(Sound.ADMITTED)
    wait_until(played.exists)
    player.play(Sound.ADMITTED)
    wait_until(lambda: played.read_text() == "x\nx\n")
    player.close()
    assert (tmp_path / "failed").read_text() == "x\n"


def test_without_a_player_it_is_silent_and_the_log_says_so(
    make_command: MakeCommand, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        player = SoundPlayer()
        player.play(Sound.ADMITTED)
    assert "no sound player" in caplog.text
    player.close()


def test_muted_plays_nothing(make_command: MakeCommand, tmp_path: Path) -> None:
    make_command("paplay", f'echo x >> "{tmp_path}/played"')
    player = SoundPlayer(muted=True)
    player.play(Sound.ADMITTED)
    player.muted = False
    player.play(Sound.LEFT)
    wait_until((tmp_path / "played").exists)
    player.close()
    assert (tmp_path / "played").read_text() == "x\n"


def test_a_player_that_hangs_holds_nobody_up_and_is_ended(make_command: MakeCommand) -> None:
    make_command("paplay", "exec /bin/sleep 60")
    player = SoundPlayer()
    started = time.monotonic()
    for _ in range(20):
        player.play(Sound.ADMITTED)
    assert time.monotonic() - started < 30
    wait_until(lambda: any(child.name() == "sleep" for child in psutil.Process().children()))
    player.close()


def test_a_closed_player_is_silent(make_command: MakeCommand, tmp_path: Path) -> None:
    make_command("paplay", f'echo x >> "{tmp_path}/played"')
    player = SoundPlayer()
    player.close()
    player.play(Sound.ADMITTED)
    assert not (tmp_path / "played").exists()
