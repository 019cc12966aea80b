from hypothesis import given, settings, strategies as st, HealthCheck
from streams.decode import decode
from models import facts
from tests.anything import *
from tests.memory import MemoryStore
MONEY=(facts.RentInvoiced,facts.RentCredited,facts.RentPaid,facts.RentPaymentReversed,facts.RentDeposited,facts.RentDisputed,facts.PlanAgreed,facts.NoticeServed,facts.CouncilNotified)
ev=st.one_of(events(), events(facts.CalendarDay), events(facts.LeaseRegistered), events(*MONEY), events(*MONEY))
@settings(derandomize=False, max_examples=int(__import__('os').environ.get('N','300')), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ev, min_size=1, max_size=60), st.lists(st.integers(1,8),min_size=1,max_size=30))
def test_f(evs, cuts):
    recs=[decode(i,*encoded(e)) for i,e in enumerate(evs)]
    s=MemoryStore()
    while recs:
        n=cuts.pop() if cuts else 5
        s.fold(recs[:n]); recs=recs[n:]
