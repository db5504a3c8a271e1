"""Play a term in the database that DATABASE_URL names: `python -m scripts.term small`.

Prints what was played and compared as JSON. The drill `term` starts it in a database of its own.
"""

import dataclasses
import json
import logging
import os
import sys
import time

import django


def main(name: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from scripts.term.play import Term
    from scripts.term.seminar import SIZES

    logging.disable(logging.WARNING)  # of what is refused, of which much is tried
    begun = time.process_time()
    report = Term(SIZES[name], seed=1).play()
    # Not asdict(): it makes of each Counter one of pairs, which JSON cannot name.
    told = {field.name: getattr(report, field.name) for field in dataclasses.fields(report)}
    told["seconds"] = round(time.process_time() - begun)
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
