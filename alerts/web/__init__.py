"""What people see in a browser: pages made on the server, every act a form, no script at all."""
