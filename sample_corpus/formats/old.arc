filedesc://old.arc 0.0.0.0 20150815031500 text/plain 68
1 0 Example
URL IP-address Archive-date Content-type Archive-length

http://faroegazette.example/goats 192.0.2.7 20150815031502 text/html 599
HTTP/1.0 200 OK
Content-Type: text/html; charset=utf-8

<html><head><title>Goats mow the airfield</title><meta name="author" content="Sunniva Lykke"><meta name="date" content="2015-08-14"></head><body><div id="menu"><a href="/">Home</a> <a href="/b">Budget</a></div><h1>Goats mow the airfield</h1><p>Forty goats have begun to mow the airfield of Vagar because the mower cannot tell grass from runway lights, the office said on Thursday.</p><p>"They stop for aeroplanes, which the mower did not," said Jogvan Debes, who leads the fire brigade and looks after the goats at night.</p></body></html>

