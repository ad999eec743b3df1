"""A visitor without a browser: speaks Streamlit's own protocol over a websocket, so that a click's server time can be measured."""

import time
from typing import Any
from urllib.parse import parse_qs, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENT_S = 120


class Visitor:
    """One open page. Widgets are named by their keys, as the app names them."""

    def __init__(self, socket: ClientConnection, query: str) -> None:
        self._socket = socket
        self._query = query
        self._page = ""
        self._states: dict[str, WidgetState] = {}
        self.widgets: dict[str, str] = {}
        """Each widget's key and its id."""
        self.fragments: dict[str, str] = {}
        """Each widget's key and the fragment it belongs to, if any."""
        self.received = 0

    @classmethod
    async def come(cls, url: str, **query: str) -> "Visitor":
        """Open the page."""
        address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
        socket = await connect(address, subprotocols=["streamlit"], max_size=None, open_timeout=PATIENT_S)  # type: ignore[list-item]
        return cls(socket, urlencode(query))

    @property
    def brief(self) -> str:
        """The brief in hand, as the address names it."""
        return parse_qs(self._query)["brief"][0]

    async def leave(self) -> None:
        """Close it."""
        await self._socket.close()

    async def rerun(self) -> float:
        """Run the page as it stands; the seconds until it has nothing more to say."""
        return await self._run("")

    async def click(self, key: str) -> float:
        """Click the button `key`."""
        state = WidgetState(id=self._id(key), trigger_value=True)
        return await self._run(self.fragments.get(key, ""), state)

    async def type(self, key: str, text: str) -> float:
        """Type `text` into the field `key` and leave it."""
        return await self._keep(key, WidgetState(id=self._id(key), string_value=text))

    async def choose(self, key: str, *values: str) -> float:
        """Choose in a segmented control or among pills."""
        state = WidgetState(id=self._id(key))
        state.string_array_value.data.extend(values)
        return await self._keep(key, state)

    async def open(self, key: str) -> float:
        """Open the expander `key`."""
        return await self._keep(key, WidgetState(id=self._id(key), bool_value=True))

    async def _keep(self, key: str, state: WidgetState) -> float:
        self._states[state.id] = state
        return await self._run(self.fragments.get(key, ""))

    def _id(self, key: str) -> str:
        if key not in self.widgets:
            raise KeyError(f"{key} is not on the page; there are {', '.join(sorted(self.widgets))}")
        return self.widgets[key]

    async def _run(self, fragment: str, *clicked: WidgetState) -> float:
        ask = BackMsg()
        ask.rerun_script.query_string = self._query
        ask.rerun_script.page_script_hash = self._page
        ask.rerun_script.fragment_id = fragment
        ask.rerun_script.widget_states.widgets.extend([*self._states.values(), *clicked])
        ask.rerun_script.context_info.locale = "fr-FR"
        started = time.perf_counter()
        await self._socket.send(ask.SerializeToString())
        await self._listen()
        return time.perf_counter() - started

    async def _listen(self) -> None:
        while True:
            data = await self._socket.recv(decode=False)
            self.received += len(data)
            message = ForwardMsg.FromString(data)
            match message.WhichOneof("type"):
                case "new_session":
                    self._page = message.new_session.page_script_hash
                case "delta":
                    self._note(message)
                case "page_info_changed":
                    self._query = message.page_info_changed.query_string
                case "script_finished":
                    if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                        return
                case _:
                    continue

    def _note(self, message: ForwardMsg) -> None:
        delta = message.delta
        kind = delta.WhichOneof("type")
        if kind == "new_element":
            element = getattr(delta.new_element, delta.new_element.WhichOneof("type") or "", None)
            self._name(getattr(element, "id", ""), delta.fragment_id)
        elif kind == "add_block":
            block = getattr(delta.add_block, delta.add_block.WhichOneof("type") or "", None)
            self._name(getattr(block, "id", "") or delta.add_block.id, delta.fragment_id)

    def _name(self, id: Any, fragment: str) -> None:
        # "$$ID-<hash>-<key>"
        parts = str(id).split("-", 2)
        if len(parts) == 3 and parts[0] == "$$ID" and parts[2] != "None":
            self.widgets[parts[2]] = str(id)
            self.fragments[parts[2]] = fragment
