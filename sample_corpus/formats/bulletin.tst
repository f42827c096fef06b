kwa041 4 i 64  kwx 041

Rivers/weather/
Danube ferries stop for fog
By Milena Draskic, Kestrel =

Belgrade (Kestrel) - All ferries on the Danube stopped on Sunday
because their captains could not see their own bows, the Serbian
harbour office said.

"I rang the bell for company," said Zoran Petkovic, a captain.

181107 GMT Nov 18
