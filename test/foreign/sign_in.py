"""The web page of the authentication policy Federated ([MS-MDE2] 3.1.1.2), with a cookie and its own second page."""

import html
import secrets
from urllib.parse import parse_qsl, urlsplit

from refusal import need

APPLICATION = "ms-app://windows.immersivecontrolpanel"
PAGE = {"Content-Type": "text/html; charset=utf-8"}


class SignIn:
    def __init__(self, user):
        self.user = user
        self.visits = {}
        self.results = {}

    def open(self, http):
        query = dict(parse_qsl(urlsplit(http.path).query, strict_parsing=True))
        need(query.get("appru") == APPLICATION, 400, f"appru {query.get('appru')}")
        need(query.get("login_hint") == self.user[0], 400, f"login_hint {query.get('login_hint')}")
        visit, mark = secrets.token_hex(8), secrets.token_hex(8)
        self.visits[visit] = mark
        headers = {**PAGE, "Set-Cookie": f"visit={visit}; Path=/gate; Secure; HttpOnly; SameSite=Lax"}
        return 200, headers, self._form(mark)

    def answer(self, http):
        cookies = dict(part.strip().split("=", 1) for part in (http.headers.get("Cookie") or "").split(";") if "=" in part)
        said = dict(parse_qsl(http.body.decode(), keep_blank_values=True))
        mark = self.visits.pop(cookies.get("visit"), None)
        need(mark is not None and said.get("mark") == mark, 403, "a form without its cookie")
        if (said.get("who"), said.get("word")) != self.user:
            visit = cookies["visit"]
            self.visits[visit] = mark
            return 401, PAGE, self._form(mark)
        # Characters that a form and a header each have to carry in their own way.
        result = "hedge <&> row \u00e9 " + secrets.token_hex(12)
        self.results[result] = said["who"]
        return 200, PAGE, (f"<FORM METHOD=POST ACTION='{APPLICATION}'><INPUT TYPE=hidden NAME=wresult"
                           f" VALUE=\"{html.escape(result)}\"><INPUT TYPE=submit></FORM>").encode()

    def user_of(self, text):
        """Whose sign-in the token of a header is the result of."""
        need(text in self.results, "Authentication", "the token is no result of a sign-in here")
        return self.results[text]

    def _form(self, mark):
        return (f"<form method=post action=/gate/in><input type=hidden name=mark value={mark}><label>Who?"
                "<input type=email name=who></label><input type=password name=word><button>In</button></form>").encode()
