from hypothesis import settings, HealthCheck
import tests.models.test_settlement as a, tests.models.test_account as b
for m in (a,b):
    for n,f in list(vars(m).items()):
        if hasattr(f,'hypothesis'):
            globals()[n]=settings(max_examples=3000,deadline=None,suppress_health_check=list(HealthCheck),derandomize=False)(f)
