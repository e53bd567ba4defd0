"""People who keep documents, as a program meets them: accounts of a data directory, and a client that keeps cookies."""

from __future__ import annotations

import http.cookiejar
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.accounts.door import Door
from assistant.accounts.people import Role

PASSWORD = "stiller Teich 42 Binsen"
PEOPLE: dict[str, tuple[Role, list[str]]] = {
    "wangfang": (Role.ADMINISTRATOR, []),
    "li": (Role.STAFF, ["台州银行"]),
    "zhao": (Role.STAFF, ["杭州农信"]),
    "qian": (Role.STAFF, []),
}
NOTICE = """关于开展{what}的通知

各有关单位：

为深入贯彻落实支持小微企业发展的决策部署，缓解小微企业融资难、融资贵问题，引导金融机构加大对设备购置和技术改造的支持力度，经研究，现就开展{what}的有关事项通知如下。

一、支持对象

{what}面向在本市注册满一年的小微企业，贷款用途为购买设备。

二、额度和期限

{what}单户额度最高300万元，期限最长3年。

三、申请材料

企业应当提交营业执照、近两年财务报表和设备购置合同。

四、施行日期

本通知自2026年3月1日起施行。

台州市地方金融管理局
2026年2月10日
"""


def hire(data_dir: Path) -> None:
    """Create everybody's account."""
    door = Door(data_dir)
    for name, (role, groups) in PEOPLE.items():
        door.people.create(name, PASSWORD, role, groups)
    door.close()


class _Stay(urllib.request.HTTPRedirectHandler):
    """Redirects are looked at, not followed."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass
class Client:
    """One browser without a screen."""

    url: str
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def ask(
        self, path: str, form: dict[str, str] | None = None, *, body: bytes | None = None, **headers: str
    ) -> tuple[int, Any, str]:
        """Status, headers and text; a form is sent as a page of ours would send it."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar), _Stay)
        data = urllib.parse.urlencode(form).encode() if form is not None else body
        told = {"Origin": self.url} if data is not None else {}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.url + path, data=data, headers=told)
        try:
            with opener.open(request, timeout=60) as response:
                return response.status, response.headers, response.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode("utf-8", "replace")

    def token(self, path: str = "/documents") -> str:
        """The token of the forms on a page."""
        found = re.search(r'name="form_token" value="([0-9a-f]{64})"', self.ask(path)[2])
        assert found, f"no form at {path}"
        return found[1]

    def sign_in(self, name: str, password: str = PASSWORD, **form: str) -> tuple[int, Any, str]:
        """Open the page, fill it in, send it."""
        sent = {"form_token": self.token("/sign-in"), "name": name, "password": password, **form}
        return self.ask("/sign-in", sent)

    def session(self) -> str | None:
        """The token of the session, as the cookie has it."""
        return next((cookie.value for cookie in self.jar if cookie.name.endswith("sme-session")), None)

    def add(self, name: str, content: bytes, group: str = "", **headers: str) -> tuple[int, dict[str, Any]]:
        """Send a file as the page does."""
        told = {"X_Form_Token": self.token(), "X_File_Name": urllib.parse.quote(name), "X_Group": urllib.parse.quote(group),
                "Content_Type": "application/octet-stream", **headers}  # fmt: skip
        status, _, text = self.ask("/documents/add", body=content, **told)
        return status, json.loads(text)

    def settled(self, id: str, seconds: float = 60) -> None:
        """Wait until an upload has been read."""
        until = time.monotonic() + seconds
        while any(one["id"] == id for one in json.loads(self.ask("/documents/news")[2])["working"]):
            assert time.monotonic() < until, "it was not read"
            time.sleep(0.2)


def signed_in(url: str, name: str) -> Client:
    """Somebody at work."""
    client = Client(url)
    assert client.sign_in(name)[0] == 303
    return client
