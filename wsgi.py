from wa_assistant import create_app

app = create_app()
