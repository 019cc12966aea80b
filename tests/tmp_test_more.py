from hypothesis import settings, HealthCheck
import tests.models.test_settlement as a, tests.models.test_account as b
M=settings(max_examples=4000,deadline=None,suppress_health_check=list(HealthCheck),derandomize=False,report_multiple_bugs=False)
for m in (a,b):
    for n,f in list(vars(m).items()):
        if hasattr(f,'hypothesis'):
            f._hypothesis_internal_use_settings=M
            globals()[n]=f
