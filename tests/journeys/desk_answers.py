"""The answers of one applicant to the example service, as they are stored."""

ANSWERS = {
    "name": {"given": "Ada", "family": "Byron"},
    "born": "1957-03-27",
    "ni_number": "QQ123456C",
    "phone": "01632 960 123",
    "home": {"line1": "12 Bridge Street", "town": "Merebridge", "postcode": "ME1 2AB"},
    "tenure": "own",
    "lives_with": "others",
    "household": [
        {
            "member_name": {"given": "Ben", "family": "Byron"},
            "member_born": "1990-05-01",
            "relationship": "Son",
        },
        {
            "member_name": {"given": "Cleo", "family": "Byron"},
            "member_born": "2015-11-30",
            "relationship": "Grandchild",
        },
    ],
    "changes": ["stairlift", "rails"],
    "difficulty": "I cannot climb the stairs any more.\nI sleep in the living room and wash at the sink.",
    "visited": False,
    "price": "4200.00",
    "benefits": ["pension_credit"],
    "agreed": True,
    "signature": "Ada Byron",
}
