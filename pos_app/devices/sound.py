"""Play the sounds of the door by whatever small player the machine has, without waiting for it."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
import tempfile
import threading
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos_app.devices.tones import Sound, wav_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

_log = logging.getLogger(__name__)

PLAYERS: Final = (("paplay",), ("pw-play",), ("aplay", "-q"), ("afplay",))
"""Commands that take a WAV file, the best known to work first."""

LONGEST_SECONDS: Final = 3.0
"""A player that takes longer has hung (no sound server) and is ended."""

MOST_AT_ONCE: Final = 3


class SoundPlayer:
    """Plays short sounds; silent where the machine has no player. Never blocks and never raises.

    muted: nothing is played while it is true. players: commands to try, in order; one that fails is not tried
    again. Each sound runs on a thread of its own that waits for the player, so no process is left behind.
    """

    def __init__(self, *, muted: bool = False, players: Sequence[Sequence[str]] = PLAYERS) -> None:
        self.muted = muted
        self._lock = threading.Lock()
        self._closed = False
        self._players = [tuple(player) for player in players if shutil.which(player[0]) is not None]
        self._running: dict[threading.Thread, subprocess.Popen[bytes] | None] = {}
        self._folder: Path | None = None
        if not self._players and sys.platform != "win32":
            _log.info("no sound player was found; the door is silent")

    def play(self, sound: Sound) -> None:
        """Start the sound and return at once."""
        if self.muted or self._closed:
            return
        if sys.platform == "win32":
            self._play_on_windows(sound)
            return
        with self._lock:
            if not self._players or len(self._running) >= MOST_AT_ONCE:
                return
            thread = threading.Thread(target=self._play_and_reap, args=(sound,), name="sound", daemon=True)
            self._running[thread] = None
        thread.start()

    def close(self) -> None:
        """End what is playing and wait for its processes."""
        with self._lock:
            self._closed = True
            running = dict(self._running)
        for thread, process in running.items():
            if process is not None:
                process.kill()
            thread.join(timeout=LONGEST_SECONDS)

    def _play_and_reap(self, sound: Sound) -> None:
        try:
            file = self._file_of(sound)
            while (player := self._first_player()) is not None and not self._run([*player, str(file)]):
                self._give_up(player)
        except OSError as error:
            _log.warning("a sound could not be played: %s", error)
        finally:
            with self._lock:
                del self._running[threading.current_thread()]

    def _first_player(self) -> tuple[str, ...] | None:
        with self._lock:
            return self._players[0] if self._players and not self._closed else None

    def _give_up(self, player: tuple[str, ...]) -> None:
        with self._lock:
            if self._closed or player not in self._players:
                return
            self._players.remove(player)
            left = len(self._players)
        _log.warning("the sound player %s does not work here; %d others are left", player[0], left)

    def _run(self, command: list[str]) -> bool:
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        except OSError:
            return False
        with self._lock:
            self._running[threading.current_thread()] = process
            if self._closed:
                process.kill()
        try:
            return process.wait(timeout=LONGEST_SECONDS) == 0
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return False

    def _file_of(self, sound: Sound) -> Path:
        with self._lock:
            if self._folder is None:
                self._folder = Path(tempfile.mkdtemp(prefix="foyer-sounds-"))
                weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
            file = self._folder / f"{sound}.wav"
            if not file.exists():
                file.write_bytes(wav_bytes(sound))
            return file

    def _play_on_windows(self, sound: Sound) -> None:
        if sys.platform == "win32":
            import winsound

            try:
                winsound.PlaySound(str(self._file_of(sound)), winsound.SND_FILENAME | winsound.SND_ASYNC)
            except (OSError, RuntimeError) as error:
                _log.warning("a sound could not be played: %s", error)
